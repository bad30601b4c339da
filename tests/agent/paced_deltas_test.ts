import { deepEqual, equal } from "node:assert/strict";
import { PACE_MS, pacedDeltas } from "../../src/agent/paced_deltas.ts";
import type { WorkerMessage } from "../../src/agent/protocol.ts";
import { fakeClock } from "../fakes/fake_clock.ts";
import { test } from "../sanitized.ts";

test("a second of words is at most 20 messages, and not a letter is lost", async () => {
  using clock = fakeClock();
  const told: WorkerMessage[] = [];
  const deltas = pacedDeltas((message) => told.push(message));
  for (let ms = 0; ms < 1_000; ms++) {
    deltas.add("text", "x");
    await clock.pass(1);
  }
  deltas.flush();
  equal(told.map((message) => message.kind === "text" ? message.delta : "").join(""), "x".repeat(1_000));
  equal(told.length <= 1_000 / PACE_MS + 1, true, `${told.length} messages`);
});

test("the first words are told at once, after a pause again", async () => {
  using clock = fakeClock();
  const told: WorkerMessage[] = [];
  const deltas = pacedDeltas((message) => told.push(message));
  deltas.add("text", "a");
  equal(told.length, 1);
  await clock.pass(PACE_MS * 2);
  deltas.add("text", "b");
  equal(told.length, 2);
  deltas.flush();
});

test("words and thoughts stay apart, and in their order", () => {
  using _clock = fakeClock();
  const told: WorkerMessage[] = [];
  const deltas = pacedDeltas((message) => told.push(message));
  deltas.add("text", "a");
  for (
    const [kind, delta] of [["reasoning", "x"], ["reasoning", "y"], ["text", "b"], ["text", ""]] as const
  ) deltas.add(kind, delta);
  deltas.flush();
  deepEqual(told, [{ kind: "text", delta: "a" }, { kind: "reasoning", delta: "xy" }, {
    kind: "text",
    delta: "b",
  }]);
});
