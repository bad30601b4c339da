import { deepEqual, equal, rejects } from "node:assert/strict";
import { stepClock } from "../../src/sandbox/step_clock.ts";
import { test } from "../sanitized.ts";

test("stepClock() times steps one after another and beside each other, and tells of each end", async () => {
  const told: string[] = [];
  const clock = stepClock((step) => told.push(step));
  await Promise.all([
    clock.run("identity", () => Promise.resolve()),
    clock.run("folders", () => Promise.resolve()),
  ]);
  clock.begin("start");
  clock.begin("handshake");
  equal(clock.step(), "handshake");
  clock.end();
  clock.end();
  deepEqual(told, ["identity", "folders", "start", "handshake"]);
  deepEqual(clock.timings().map(({ step }) => step), told);
  equal(clock.timings().every(({ ms }) => ms >= 0), true);
});

test("stepClock() names the step that failed, also where another one began after it", async () => {
  const clock = stepClock(undefined);
  const failing = clock.run("identity", () => Promise.reject(new Error("no entropy")));
  await clock.run("folders", () => Promise.resolve());
  await rejects(failing, /no entropy/);
  equal(clock.step(), "identity");
});
