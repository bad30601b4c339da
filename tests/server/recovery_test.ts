import assert from "node:assert/strict";
import { recoverRuns, takeOver } from "../../src/server/recovery.ts";
import { test } from "../sanitized.ts";
import { REQUEST, tempStore } from "./temp_store.ts";

test("recoverRuns() ends what dead processes left in the middle, and nothing else", async () => {
  await using temp = await tempStore();
  const { store } = temp;
  const begin = (id: string, owner: string, state?: "running" | "waiting") => {
    const sessionId = store.sessions.create({ title: id, origin: "api" }).id;
    store.runs.begin({ id, sessionId, owner, request: REQUEST });
    if (state) store.runs.update(id, { state });
  };
  begin("dead queued", "dead");
  begin("dead running", "dead", "running");
  begin("dead waiting", "dead", "waiting");
  begin("living running", "living", "running");
  begin("ours", "us", "running");
  begin("ours waiting", "us", "waiting");
  begin("ours, not ended", "us", "running");
  const asked: string[] = [];
  const lives = (instance: string) => {
    asked.push(instance);
    return Promise.resolve(instance === "living");
  };
  const waiting = await recoverRuns({ store, instance: "us", lives }, (id) => id === "ours");
  assert.deepEqual(waiting.map(({ id }) => id), ["dead waiting"]);
  assert.deepEqual(asked, ["dead", "living"]);
  assert.deepEqual(store.runs.unfinished().map(({ id }) => id), [
    "dead waiting",
    "living running",
    "ours",
    "ours waiting",
  ]);
  for (const id of ["dead queued", "dead running", "ours, not ended"]) {
    const { end } = store.runs.get(id)!;
    assert.ok(end && "failed" in end && end.failed === "interrupted", id);
  }
});

test("takeOver() takes a run from the owner that is meant, while it waits, once", async () => {
  await using temp = await tempStore();
  const { store } = temp;
  const sessionId = store.sessions.create({ title: "t", origin: "api" }).id;
  store.runs.begin({ id: "r", sessionId, owner: "dead", request: REQUEST });
  const run = { id: "r", owner: "dead" };
  assert.equal(takeOver({ store, instance: "us" }, run), false);
  store.runs.update("r", { state: "waiting" });
  assert.equal(takeOver({ store, instance: "us" }, { id: "none", owner: "dead" }), false);
  assert.equal(takeOver({ store, instance: "us" }, run), true);
  assert.equal(takeOver({ store, instance: "them" }, run), false);
  assert.equal(store.runs.get("r")!.owner, "us");
  assert.equal(takeOver({ store, instance: "us" }, { id: "r", owner: "us" }), true);
});
