import assert from "node:assert/strict";
import { pageText } from "../../src/mcp/page_text.ts";
import { test } from "../sanitized.ts";

function textOf(contentType: string, body: string | Uint8Array): string {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  return pageText({ url: "https://example.com/", contentType, body: bytes });
}

test("pageText() makes Markdown of HTML, and leaves other text as it is", () => {
  assert.equal(textOf("text/html; charset=utf-8", "<p>é"), "é");
  assert.equal(textOf("", "\n<!DOCTYPE html><p>a"), "a");
  for (const type of ["text/plain", "application/json", "application/ld+json", ""]) {
    assert.equal(textOf(type, "<p>a"), "<p>a");
  }
});

test("pageText() knows other character sets", () => {
  const latin = new Uint8Array([0x3c, 0x70, 0x3e, 0xe9]);
  assert.equal(textOf("text/html; charset=ISO-8859-1", latin), "é");
  const meta = new TextEncoder().encode('<meta charset="windows-1252"><p>');
  assert.equal(textOf("text/html", new Uint8Array([...meta, 0x80])), "€");
  assert.equal(textOf("text/html; charset=no-such", "é"), "é");
  assert.equal(textOf("text/plain", new Uint8Array([0x61, 0xff])), "a\ufffd");
});

test("pageText() removes control characters", () => {
  assert.equal(textOf("text/plain", "a\x1b[31mb\x00\r\nc"), "ab\nc");
  assert.equal(textOf("text/html", "a&#27;[31mb"), "ab");
});

test("pageText() refuses what is no text", () => {
  assert.throws(() => textOf("image/png", "x"), {
    code: "RESPONSE_READ_ERROR",
    message: "its content type is image/png, must be text",
  });
});
