import assert from "node:assert/strict";
import { Redactor } from "../../src/secrets/redactor.ts";
import { redactAnswer } from "../../src/server/redact_answer.ts";
import { RunOver } from "../../src/server/run_over.ts";
import { test } from "../sanitized.ts";

const SECRET = "kX9vQ2mL7pR4tZ8wB3nC";

function redactor(): Redactor {
  const one = new Redactor();
  one.add(SECRET);
  return one;
}

test("redactAnswer() leaves no secret in texts, thoughts and arguments, and placeholders as they are", () => {
  const known = redactor();
  const placeholder = known.redact(SECRET);
  const parts = redactAnswer([
    { type: "text", text: `it is ${SECRET}` },
    { type: "reasoning", text: `use ${SECRET}` },
    { type: "tool_call", call: { id: "c", name: "stakpak__create", input: { a: [SECRET, 1, placeholder] } } },
  ], known);
  assert.ok(!JSON.stringify(parts).includes(SECRET));
  assert.deepEqual(parts, [
    { type: "text", text: `it is ${placeholder}` },
    { type: "reasoning", text: `use ${placeholder}` },
    {
      type: "tool_call",
      call: { id: "c", name: "stakpak__create", input: { a: [placeholder, 1, placeholder] } },
    },
  ]);
});

test("redactAnswer() keeps what a provider gave along only where the part is as it was", () => {
  const providerMetadata = { anthropic: { signature: "c2lnbmF0dXJl" } };
  const [same, changed, holding] = redactAnswer([
    { type: "reasoning", text: "a thought", providerMetadata },
    { type: "reasoning", text: `a thought of ${SECRET}`, providerMetadata },
    { type: "text", text: "b", providerMetadata: { x: { y: SECRET } } },
  ], redactor());
  assert.deepEqual(same!.providerMetadata, providerMetadata);
  assert.equal(changed!.providerMetadata, undefined);
  assert.equal(holding!.providerMetadata, undefined);
});

test("redactAnswer() refuses two calls under one id", () => {
  const part = { type: "tool_call" as const, call: { id: "c", name: "stakpak__view", input: {} } };
  assert.throws(
    () => redactAnswer([part, part], redactor()),
    (error) => error instanceof RunOver && error.end !== undefined && "failed" in error.end,
  );
});
