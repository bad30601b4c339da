import assert from "node:assert/strict";
import { NO_USAGE } from "../../src/domain/usage.ts";
import { test } from "../sanitized.ts";
import { begun, REQUEST, tempStore } from "./temp_store.ts";

test("a run begins queued, with what it was asked", async () => {
  await using temp = await tempStore();
  const { sessionId, runId } = begun(temp.store);
  const { runs } = await temp.reopen();
  assert.deepEqual(runs.get(runId), {
    id: runId,
    sessionId,
    state: "queued",
    owner: "0123456789abcdef",
    request: REQUEST,
    turns: 0,
    usage: NO_USAGE,
    end: undefined,
    startedAt: temp.at,
    endedAt: undefined,
  });
  assert.deepEqual(runs.active(sessionId), runs.get(runId));
});

test("a session has one run at a time, over all that have the file open", async () => {
  await using temp = await tempStore();
  const { sessionId, runId } = begun(temp.store);
  const other = await temp.another();
  const next = { id: crypto.randomUUID(), sessionId, owner: "o", request: REQUEST };
  assert.equal(other.runs.begin(next), undefined);
  assert.equal(other.runs.end(runId, { stopped: "completed" }), true);
  assert.equal(other.runs.begin(next)!.id, next.id);
  assert.equal(other.runs.latest(sessionId)!.id, next.id);
  assert.deepEqual(other.runs.unfinished().map(({ id }) => id), [next.id]);
});

test("a run that waits for people still holds its session", async () => {
  await using temp = await tempStore();
  const { sessionId, runId } = begun(temp.store);
  temp.store.runs.update(runId, { state: "waiting" });
  const next = { id: crypto.randomUUID(), sessionId, owner: "o", request: REQUEST };
  assert.equal(temp.store.runs.begin(next), undefined);
});

test("update() sets what is named, and nothing of a run that has ended", async () => {
  await using temp = await tempStore();
  const { runId } = begun(temp.store);
  const { runs } = temp.store;
  const usage = { ...NO_USAGE, inputTokens: 7, outputTokens: 3 };
  runs.update(runId, { state: "running", owner: "fedcba9876543210", turns: 2, usage });
  runs.update(runId, { request: { ...REQUEST, model: "openai/gpt" } });
  const { state, owner, turns, usage: kept, request } = runs.get(runId)!;
  assert.deepEqual({ state, owner, turns, usage: kept, request }, {
    ...{ state: "running", owner: "fedcba9876543210", turns: 2, usage },
    request: { ...REQUEST, model: "openai/gpt" },
  });
  runs.end(runId, { stopped: "completed" });
  runs.update(runId, { state: "running", turns: 9 });
  assert.deepEqual([runs.get(runId)!.state, runs.get(runId)!.turns], ["completed", 2]);
});

test("a run ends once, in the state that its end says", async () => {
  await using temp = await tempStore();
  const { runs } = temp.store;
  const failed = { failed: "model_error", error: "529", retryable: true } as const;
  for (
    const [end, state] of [
      [{ stopped: "completed" }, "completed"],
      [{ stopped: "max_turns" }, "completed"],
      [{ stopped: "cancelled" }, "cancelled"],
      [failed, "failed"],
    ] as const
  ) {
    const { sessionId, runId } = begun(temp.store);
    assert.equal(runs.end(runId, end), true);
    assert.equal(runs.end(runId, { stopped: "cancelled" }), false);
    const run = runs.get(runId)!;
    assert.deepEqual([run.state, run.end, run.endedAt], [state, end, temp.at]);
    assert.equal(runs.active(sessionId), undefined);
  }
  assert.equal(runs.end(crypto.randomUUID(), { stopped: "completed" }), false);
});

test("no run can be said to have ended without its end", async () => {
  await using temp = await tempStore();
  const { runId } = begun(temp.store);
  assert.throws(() => temp.store.runs.update(runId, { state: "failed" }), /CHECK constraint/);
});
