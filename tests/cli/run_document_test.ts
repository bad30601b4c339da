import assert from "node:assert/strict";
import { runDocument, type RunLeft, statusOf } from "../../src/cli/run_document.ts";
import { aCall, aRun, RUN, SESSION } from "../fakes/run_records.ts";
import { test } from "../sanitized.ts";

const left = (change: Partial<RunLeft> = {}): RunLeft => ({
  run: aRun(),
  model: "anthropic/m",
  calls: [],
  resume: "stakpak run --resume",
  ...change,
});

test("runDocument() of a run that is done says what came of it, and nothing about approvals", () => {
  assert.deepEqual(runDocument(left(), "42"), {
    schema: 1,
    sessionId: SESSION,
    runId: RUN,
    status: "completed",
    profile: "default",
    model: "anthropic/m",
    text: "42",
    turns: 2,
    usage: aRun().usage,
  });
});

test("runDocument() of a failed run names the reason", () => {
  const end = { failed: "model_error", error: "HTTP 401", retryable: false } as const;
  const { status, error, text } = runDocument(left({ run: aRun({ state: "failed", end }) }), "");
  assert.deepEqual([status, error, text], [
    "failed",
    { reason: "model_error", message: "HTTP 401", retryable: false },
    "",
  ]);
});

test("runDocument() of a paused run has the calls that wait, and the command that goes on", () => {
  const run = aRun({ state: "waiting", end: undefined });
  const { status, approvals, resume } = runDocument(left({ run, calls: [aCall()], model: undefined }), "");
  assert.equal(status, "paused");
  assert.deepEqual(approvals, [{
    id: "call_000000000001",
    tool: "stakpak__run_command",
    input: { command: "ls" },
    rule: 'auto_approve lacks "run_command"',
    expiresAt: "2026-11-24T10:00:00.000Z",
  }]);
  assert.equal(resume, "stakpak run --resume");
});

test("statusOf() tells a run that took too many turns from one that is done", () => {
  assert.equal(statusOf({ end: { stopped: "max_turns" } }), "max_turns");
  assert.equal(statusOf({ end: { stopped: "cancelled" } }), "cancelled");
});
