import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { sharedBox } from "../../src/sandbox/shared_box.ts";
import { fakeBoxes, KILLED } from "../fakes/fake_boxes.ts";
import { fakeClock } from "../fakes/fake_clock.ts";
import { test } from "../sanitized.ts";

const never = new AbortController().signal;

async function stage() {
  const fakes = fakeBoxes();
  const log: string[] = [];
  const next = async () => await fakes.launch({ session: "shared" }, never);
  const shared = sharedBox((line) => log.push(line));
  shared.put(await next());
  return { shared, next, boxes: fakes.boxes, log };
}

test("a box that another replaces ends when its last user lets go", async () => {
  const { shared, next, boxes } = await stage();
  const use = await shared.use(never);
  shared.put(await next());
  equal((await shared.use(never)).box, boxes[1]);
  equal(boxes[0]!.disposed, false);
  use[Symbol.dispose]();
  ok(boxes[0]!.disposed);
  shared.put(await next());
  equal(boxes[1]!.disposed, false);
  await shared[Symbol.asyncDispose]();
  deepEqual(boxes.map(({ disposed }) => disposed), [true, true, true]);
});

test("a box that ends or is taken away is nobody's any more: who asks waits for the next", async () => {
  const { shared, next, boxes } = await stage();
  await boxes[0]!.end(KILLED);
  const waiting = shared.use(never);
  shared.put(await next());
  equal((await waiting).box, boxes[1]);
  ok(boxes[0]!.disposed);
  shared.takeAway("it hangs");
  shared.takeAway("it hangs");
  ok(boxes[1]!.disposed);
  const refused = rejects(shared.use(never), /Cannot use the sandbox: no image/);
  shared.refuse("no image");
  await refused;
  await shared[Symbol.asyncDispose]();
});

test("waiting ends after 30 s with the reason, and with the signal", async () => {
  using clock = fakeClock();
  const { shared } = await stage();
  shared.takeAway("it hangs");
  const late = rejects(
    shared.use(never),
    /^ToolboxGone: Cannot use the sandbox: it hangs, and no other came up within 30 s$/,
  );
  const stop = new AbortController();
  const stopped = rejects(shared.use(stop.signal), /enough/);
  stop.abort(new Error("enough"));
  await stopped;
  await clock.pass(30_000);
  await late;
});

test("a box that cannot be ended is told of, and does not hold up the others", async () => {
  const { shared, next, log } = await stage();
  shared.put({ ...await next(), [Symbol.asyncDispose]: () => Promise.reject(new Error("no engine")) });
  await shared[Symbol.asyncDispose]();
  deepEqual(log, ["Cannot end stakpak-fake-00000001: no engine"]);
});
