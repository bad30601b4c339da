import { deepEqual, equal, rejects } from "node:assert/strict";
import type { Host } from "../../src/host/host.ts";
import { NoRoomForProcess } from "../../src/host/inspection.ts";
import { inCrowdedBox } from "../../src/mcp/crowded_box.ts";
import { test } from "../sanitized.ts";

const OPTIONS = { cwd: "/", env: {}, output: () => {}, lingerMs: 0 };

function stage(refusals: number, patienceMs: number) {
  let tried = 0;
  let crowded = 0;
  const stream: Host["stream"] = () =>
    tried++ < refusals
      ? Promise.reject(new NoRoomForProcess("sh", undefined))
      : Promise.resolve({ code: 0, left: false });
  const run = inCrowdedBox(stream, { crowded: () => crowded++, patienceMs });
  return { run, counts: () => ({ tried, crowded }) };
}

test("a command waits for room, and runs once there is some", async () => {
  const { run, counts } = stage(1, 60_000);
  deepEqual(await run(["sh"], OPTIONS), { code: 0, left: false });
  deepEqual(counts(), { tried: 2, crowded: 0 });
});

test("a box without room for long is said to be crowded, and the command fails", async () => {
  const { run, counts } = stage(Infinity, -1);
  await rejects(run(["sh"], OPTIONS), { message: 'Cannot run "sh": there are too many processes' });
  deepEqual(counts(), { tried: 1, crowded: 1 });
});

test("a command that is given up waits no more, and what else goes wrong is told at once", async () => {
  const { run, counts } = stage(Infinity, 60_000);
  const stop = new AbortController();
  const waiting = run(["sh"], OPTIONS, stop.signal);
  stop.abort(new Error("given up"));
  await rejects(waiting, { message: "given up" });
  equal(counts().crowded, 0);
  const broken = inCrowdedBox(() => Promise.reject(new Error("broken")), { crowded: () => {} });
  await rejects(broken(["sh"], OPTIONS), { message: "broken" });
});
