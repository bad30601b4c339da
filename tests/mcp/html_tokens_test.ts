import assert from "node:assert/strict";
import { htmlTokens } from "../../src/mcp/html_tokens.ts";
import { test } from "../sanitized.ts";

function written(html: string): string[] {
  return [...htmlTokens(html)].map((token) => {
    if (token.kind === "text") return token.text;
    if (token.kind === "close") return `</${token.name}>`;
    return `<${[token.name, ...[...token.attributes].map(([name, value]) => `${name}=${value}`)].join(" ")}>`;
  });
}

test("htmlTokens() tells text from tags and their attributes", () => {
  assert.deepEqual(written(`a<P Class="x > y" id=z hidden data-a='&lt;'/>b</p >`), [
    "a",
    "<p class=x > y id=z data-a=<>",
    "b",
    "</p>",
  ]);
});

test("htmlTokens() passes over comments, declarations and scripts", () => {
  assert.deepEqual(
    written("<!doctype html><?xml?>a<!-- <b> -->b<SCRIPT>if (a </b) '</p>'</Script >c<style>d"),
    [
      "a",
      "b",
      "c",
    ],
  );
});

test("htmlTokens() takes a lonely < for text, and an unfinished tag for the end", () => {
  assert.deepEqual(written("1 < 2 <3 & a<"), ["1 < 2 <3 & a<"]);
  assert.deepEqual(written(`a<b c="d`), ["a", "<b c=d>"]);
  assert.deepEqual(written("a<!-- b"), ["a"]);
});
