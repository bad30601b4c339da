import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { sessionBox } from "../../src/sandbox/session_box.ts";
import { fakeBoxes, KILLED } from "../fakes/fake_boxes.ts";
import { fakeClock } from "../fakes/fake_clock.ts";
import { test } from "../sanitized.ts";

const never = new AbortController().signal;
const IDLE_MS = 900_000;

function stage() {
  const fakes = fakeBoxes();
  const lines: string[] = [];
  const box = sessionBox({
    make: (signal) => fakes.launch({ session: "a" }, signal),
    idleMs: IDLE_MS,
    log: (line) => void lines.push(line),
  });
  return { fakes, box, lines };
}

test("the box is made at its first use, once for all who ask at a time", async () => {
  const { fakes, box } = stage();
  equal(fakes.begun, 0);
  const [one, two] = await Promise.all([box.use(never), box.use(never)]);
  equal(one.box, two.box);
  equal(fakes.begun, 1);
  await box[Symbol.asyncDispose]();
  equal(fakes.now, 0);
});

test("a box that nobody uses ends after its time, not while a call goes on, and comes back when it is asked for", async () => {
  using clock = fakeClock();
  const { fakes, box } = stage();
  const use = await box.use(never);
  await clock.pass(2 * IDLE_MS);
  equal(fakes.now, 1);
  use[Symbol.dispose]();
  await clock.pass(IDLE_MS - 1);
  (await box.use(never))[Symbol.dispose]();
  await clock.pass(IDLE_MS - 1);
  equal(fakes.now, 1);
  await clock.pass(1);
  ok(fakes.boxes[0]!.disposed);
  using again = await box.use(never);
  equal(again.box, fakes.boxes[1]);
  await box[Symbol.asyncDispose]();
});

test("a box that ends by itself is cleared away, and letting go of it does not end the next", async () => {
  using clock = fakeClock();
  const { fakes, box } = stage();
  const old = await box.use(never);
  await fakes.boxes[0]!.end(KILLED);
  using _new = await box.use(never);
  old[Symbol.dispose]();
  await clock.pass(2 * IDLE_MS);
  deepEqual(fakes.boxes.map(({ disposed }) => disposed), [true, false]);
  await box[Symbol.asyncDispose]();
});

test("a launch that fails fails those who asked; the next one tries again", async () => {
  const { fakes, box } = stage();
  fakes.fails(new Error("no image"));
  await Promise.all([rejects(box.use(never), /no image/), rejects(box.use(never), /no image/)]);
  fakes.fails(undefined);
  (await box.use(never))[Symbol.dispose]();
  equal(fakes.begun, 2);
  await box[Symbol.asyncDispose]();
});

test("who gives up waiting does not stop the launch for others, and a box that nobody took ends", async () => {
  using clock = fakeClock();
  const { fakes, box } = stage();
  fakes.hold();
  const stop = new AbortController();
  const given = rejects(box.use(stop.signal), /enough/);
  stop.abort(new Error("enough"));
  await given;
  fakes.release();
  await clock.pass(IDLE_MS);
  deepEqual([fakes.boxes.length, fakes.now], [1, 0]);
  await box[Symbol.asyncDispose]();
});

test("disposing stops a launch, and there is no box after it", async () => {
  const { fakes, box } = stage();
  fakes.hold();
  const stopped = rejects(box.use(never), /it was stopped/);
  await box[Symbol.asyncDispose]();
  await stopped;
  equal(fakes.now, 0);
  await rejects(box.use(never), /it was stopped/);
});

test("a box in use that does not answer any more ends, and the next call makes another", async () => {
  using clock = fakeClock();
  const { fakes, box, lines } = stage();
  const use = await box.use(never);
  fakes.boxes[0]!.lists("hang");
  await clock.pass(3 * 40_000 - 1);
  equal(use.ended.aborted, false);
  await clock.pass(1);
  ok(use.ended.aborted);
  deepEqual(lines, ["Sandbox: The box does not answer: no answer within 10 s"]);
  using again = await box.use(never);
  equal(again.box, fakes.boxes[1]);
  await box[Symbol.asyncDispose]();
});
