import assert from "node:assert/strict";
import { GatewayRefused } from "../../src/models/gateway.ts";
import { redactJson } from "../../src/models/redact_json.ts";
import { test } from "../sanitized.ts";

const redact = (text: string) => text.replaceAll("hunter2", "[x]");

test("redactJson() replaces in texts and in names, at every depth, and keeps the shape", () => {
  const value = { a: ["hunter2", 1, null, true, { "k-hunter2": "my hunter2" }] };
  assert.deepEqual(redactJson(value, redact), { a: ["[x]", 1, null, true, { "k-[x]": "my [x]" }] });
});

test("redactJson() keeps a name that is special to JavaScript what it is", () => {
  const value = JSON.parse('{"__proto__": {"a": "hunter2"}}');
  assert.equal(JSON.stringify(redactJson(value, redact)), '{"__proto__":{"a":"[x]"}}');
});

test("redactJson() refuses what is nested so deep that it would end this program", () => {
  assert.throws(
    () => redactJson(JSON.parse("[".repeat(50_000) + "]".repeat(50_000)), redact),
    GatewayRefused,
  );
  assert.ok(redactJson(JSON.parse("[".repeat(100) + "]".repeat(100)), redact));
});
