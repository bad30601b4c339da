import assert from "node:assert/strict";
import { modelTrouble } from "../../src/cli/model_trouble.ts";
import { test } from "../sanitized.ts";

const SSE = { "content-type": "text/event-stream; charset=utf-8" };
const trouble = (status: number, text: string, headers: Record<string, string> = SSE) =>
  modelTrouble("p/m", { status, headers, text })?.message;

test("modelTrouble() is nothing for an answer in events", () => {
  assert.equal(
    trouble(200, 'event: x\ndata: {"type":"message_start","error":null}\n\ndata: [DONE]\n\n'),
    undefined,
  );
});

test("modelTrouble() finds an error in the middle of an answer, in the words of each API", () => {
  const events = [
    '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}',
    '{"type":"response.failed","response":{"error":{"message":"Overloaded"}}}',
    '{"error":{"message":"Overloaded","code":502}}',
    '{"error":{"code":503,"message":"Overloaded","status":"UNAVAILABLE"}}',
  ];
  for (const event of events) {
    assert.equal(
      trouble(200, `data: {"a":1}\n\ndata: ${event}\n\n`),
      'Cannot use "p/m": the provider ends its answer with an error: Overloaded',
    );
  }
});

test("modelTrouble() says an answer that is empty or of another kind", () => {
  assert.equal(trouble(200, ""), 'Cannot use "p/m": its answer is empty');
  assert.match(trouble(204, "", {})!, /answers with nothing, must be text\/event-stream/);
});

test("modelTrouble() finds the words of an error wherever a provider puts them, as one plain line", () => {
  const words = [
    ['{"error":{"message":"two\\nlines \\u001b[31m"}}', ": two lines \\u{1b}[31m"],
    ['{"message":"outside"}', ": outside"],
    ['{"error":"a text"}', ": a text"],
    ["<html>", ""],
    ["[]", ""],
  ];
  for (const [text, wanted] of words) {
    assert.equal(trouble(400, text!), `Cannot use "p/m": the provider refuses the request (400)${wanted}`);
  }
  assert.ok(trouble(400, JSON.stringify({ message: "x".repeat(9_000) }))!.length < 400);
});

test("modelTrouble() hints at an account's limits where a provider does not say how long to wait", () => {
  const hint = (headers: Record<string, string>) =>
    modelTrouble("p/m", { status: 429, headers, text: "" })?.hint;
  assert.equal(hint({}), "see the limits of your account there");
  assert.equal(hint({ "retry-after": "0" }), "try again in 0 s");
});
