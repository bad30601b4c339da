import assert from "node:assert/strict";
import { startable } from "../../src/server/call_order.ts";
import type { CallState } from "../../src/server/records.ts";
import { test } from "../sanitized.ts";

/** `look:approved change:pending` → the positions that may start. */
function positions(calls: string): number[] {
  const all = calls.split(" ").map((call, position) => {
    const [tool, state] = call.split(":") as [string, CallState];
    return { tool, state, position };
  });
  return startable(all, (tool) => tool === "look").map(({ position }) => position);
}

test("startable() lets calls that only look run beside each other, changes one by one in order", () => {
  const cases: readonly (readonly [string, number[]])[] = [
    ["look:approved look:approved look:approved", [0, 1, 2]],
    ["change:approved change:approved", [0]],
    ["change:started change:approved look:approved", []],
    ["change:done change:approved", [1]],
    ["look:started change:approved look:approved", []],
    ["look:approved change:approved", [0]],
    // What people may never allow holds up no look…
    ["change:pending look:approved", [1]],
    ["look:pending look:approved", [1]],
    // …but every change behind it.
    ["change:pending change:approved", []],
    ["look:pending change:approved", []],
    ["change:rejected change:unknown change:cancelled change:approved", [3]],
    ["look:done look:pending", []],
    ["", []],
  ];
  for (const [calls, wanted] of cases) assert.deepEqual(positions(calls), wanted, calls);
});

test("startable() lets eight look at a time", () => {
  const looks = (started: number, approved: number) =>
    [...Array(started).fill("look:started"), ...Array(approved).fill("look:approved")].join(" ");
  assert.equal(positions(looks(0, 20)).length, 8);
  assert.equal(positions(looks(6, 20)).length, 2);
  assert.equal(positions(looks(8, 20)).length, 0);
});
