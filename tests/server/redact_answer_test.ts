import assert from "node:assert/strict";
import { Redactor } from "../../src/secrets/redactor.ts";
import { redactAnswer } from "../../src/server/redact_answer.ts";
import { RunOver } from "../../src/server/run_over.ts";
import { test } from "../sanitized.ts";

const SECRET = "kX9vQ2mL7pR4tZ8wB3nC";
const NONE: ReadonlySet<string> = new Set();

const failsTheWorker = (error: unknown) =>
  error instanceof RunOver && error.end !== undefined && "failed" in error.end &&
  error.end.failed === "worker_failed";

function redactor(): Redactor {
  const one = new Redactor();
  one.add(SECRET);
  return one;
}

test("redactAnswer() leaves no secret in texts, thoughts and arguments, and placeholders as they are", () => {
  const known = redactor();
  const placeholder = known.redact(SECRET);
  const parts = redactAnswer(
    [
      { type: "text", text: `it is ${SECRET}` },
      { type: "reasoning", text: `use ${SECRET}` },
      {
        type: "tool_call",
        call: { id: "c", name: "stakpak__create", input: { a: [SECRET, 1, placeholder] } },
      },
    ],
    known,
    NONE,
  );
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
  const [same, changed, holding] = redactAnswer(
    [
      { type: "reasoning", text: "a thought", providerMetadata },
      { type: "reasoning", text: `a thought of ${SECRET}`, providerMetadata },
      { type: "text", text: "b", providerMetadata: { x: { y: SECRET } } },
    ],
    redactor(),
    NONE,
  );
  assert.deepEqual(same!.providerMetadata, providerMetadata);
  assert.equal(changed!.providerMetadata, undefined);
  assert.equal(holding!.providerMetadata, undefined);
});

test("redactAnswer() refuses two calls under one id", () => {
  const part = { type: "tool_call" as const, call: { id: "c", name: "stakpak__view", input: {} } };
  assert.throws(
    () => redactAnswer([part, part], redactor(), NONE),
    failsTheWorker,
  );
});

test("redactAnswer() refuses a call under the id of an earlier one, also where only redaction makes them one", () => {
  const call = (id: string) => ({
    type: "tool_call" as const,
    call: { id, name: "stakpak__view", input: {} },
  });
  assert.throws(() => redactAnswer([call("c")], redactor(), new Set(["c"])), failsTheWorker);
  const known = redactor();
  assert.throws(() => redactAnswer([call(SECRET), call(known.redact(SECRET))], known, NONE), failsTheWorker);
});

test("redactAnswer() leaves no secret in the names of arguments and of what a provider gave along", () => {
  const known = redactor();
  const placeholder = known.redact(SECRET);
  const [call, text] = redactAnswer(
    [
      { type: "tool_call", call: { id: "c", name: "stakpak__create", input: { a: [{ [SECRET]: 1 }] } } },
      { type: "text", text: "b", providerMetadata: { x: { [SECRET]: 1 } } },
    ],
    known,
    NONE,
  );
  assert.deepEqual(call, {
    type: "tool_call",
    call: { id: "c", name: "stakpak__create", input: { a: [{ [placeholder]: 1 }] } },
  });
  assert.deepEqual(text, { type: "text", text: "b" });
});

test("redactAnswer() takes what our own loop may say, and refuses what is nested deeper", () => {
  const nested = (levels: number): never =>
    Array.from({ length: levels }).reduce((inner) => ({ a: inner }), 1) as never;
  const call = (levels: number) => ({
    type: "tool_call" as const,
    call: { id: "c", name: "stakpak__view", input: nested(levels) },
  });
  const given = (levels: number) => ({ type: "text" as const, text: "a", providerMetadata: nested(levels) });
  assert.deepEqual(redactAnswer([call(64), given(64)], redactor(), NONE), [call(64), given(64)]);
  assert.throws(() => redactAnswer([call(65)], redactor(), NONE), failsTheWorker);
  assert.throws(() => redactAnswer([given(65)], redactor(), NONE), failsTheWorker);
});
