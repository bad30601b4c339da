import { deepEqual, equal } from "node:assert/strict";
import { agentLoop } from "../../src/agent/loop.ts";
import type { WorkerMessage, WorkerRun } from "../../src/agent/protocol.ts";
import type { Message } from "../../src/domain/message.ts";
import { test } from "../sanitized.ts";
import { type FakeAnswer, fakeModel, finish, says } from "./fake_model.ts";
import { aRun } from "./stage.ts";

function stage(...answers: readonly FakeAnswer[]) {
  const { model, asked } = fakeModel(...answers);
  const told: WorkerMessage[] = [];
  const opened: string[] = [];
  const step = agentLoop({
    tell: (message) => told.push(message),
    openModel: (run) => Promise.resolve((opened.push(run.model), model)),
    heapBytes: () => 42,
    pauses: { firstMs: 0, lastMs: 0 },
  });
  return { step, told, asked, opened };
}

const start = (run: Partial<WorkerRun> = {}) =>
  ({ kind: "start", run: { ...aRun("anthropic", "hello"), ...run } }) as const;
const spoken = (text: string): Message => ({ role: "assistant", parts: [{ type: "text", text }] });

test("an answer is told with what the worker's heap holds", async () => {
  const { step, told } = stage(says("hi"));
  await step(start());
  deepEqual(told.at(-1), {
    kind: "answer",
    parts: [{ type: "text", text: "hi" }],
    finish: "stop",
    heapBytes: 42,
  });
});

test("what follows is what ring 0 says, not what the worker remembers", async () => {
  const { step, asked } = stage(says("the password is hunter2"), says("fine"));
  await step(start());
  await step({
    kind: "next",
    messages: [spoken("the password is [REDACTED]"), { role: "user", text: "and?" }],
  });
  const prompt = JSON.stringify(asked[1]?.prompt);
  equal(prompt.includes("[REDACTED]") && !prompt.includes("hunter2"), true);
  deepEqual(asked[1]?.prompt.map(({ role }) => role), ["system", "user", "assistant", "user"]);
});

test("a model is opened once, and anew when it changes", async () => {
  const { step, opened } = stage(says("a"), says("b"), says("c"));
  await step(start());
  await step({ kind: "next", messages: [spoken("a"), { role: "user", text: "and?" }] });
  const { api, limits, baseUrl } = aRun("google", "");
  await step({ kind: "next", messages: [spoken("b")], model: { api, limits, baseUrl, model: "other" } });
  deepEqual(opened, ["claude-sonnet-4-5", "other"]);
});

test("ids of calls are new in the conversation", async () => {
  const call = { type: "tool-call", toolCallId: "call_0", toolName: "t", input: "{}" } as const;
  const { step, told } = stage([call, { ...call, toolCallId: "" }, finish("tool-calls", "x")]);
  const messages: readonly Message[] = [
    { role: "user", text: "a" },
    { role: "assistant", parts: [{ type: "tool_call", call: { id: "call_0", name: "t", input: {} } }] },
    { role: "tool", results: [{ callId: "call_0", text: "x", isError: false }] },
  ];
  await step(start({ messages }));
  const [answer] = told.filter(({ kind }) => kind === "answer");
  const parts = answer?.kind === "answer" ? answer.parts : [];
  deepEqual(parts.map((part) => part.type === "tool_call" && part.call.id), ["call_0_2", "call"]);
});

test("an answer of more parts than ring 0 takes is none", async () => {
  const call = { type: "tool-call", toolCallId: "1", toolName: "t", input: "{}" } as const;
  const { step, told } = stage([...Array.from({ length: 1_001 }, () => call), finish("tool-calls", "x")]);
  await step(start());
  const error = "The model's answer has 1001 parts, may have 1000";
  deepEqual(told, [{ kind: "failed", reason: "model_error", error, retryable: true }]);
});

test("an error of ours is told by its name alone", async () => {
  const { step, told } = stage(new RangeError("the password is hunter2"));
  await step(start());
  const error = "The worker of the run threw RangeError";
  deepEqual(told, [{ kind: "failed", reason: "worker_failed", error, retryable: false }]);
});

test("a word out of turn is an error of ours, too", async () => {
  const { step, told } = stage();
  await step({ kind: "next", messages: [] });
  equal(told[0]?.kind, "failed");
});
