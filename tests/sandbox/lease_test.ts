import { deepEqual, equal, rejects } from "node:assert/strict";
import { ToolboxGone } from "../../src/domain/toolbox.ts";
import { leaseOn } from "../../src/sandbox/lease.ts";
import { type UsedBox, usedBox } from "../../src/sandbox/used_box.ts";
import { type FakeBox, fakeBoxes, KILLED } from "../fakes/fake_boxes.ts";
import { fakeClock } from "../fakes/fake_clock.ts";
import { test } from "../sanitized.ts";

const never = new AbortController().signal;
const echo = { id: "1", name: "stakpak__echo", input: { text: "hello" } };

async function stage() {
  const boxes = fakeBoxes();
  const used: UsedBox[] = [];
  let given = 0;
  const next = async () => {
    const box = usedBox(await boxes.launch({ session: "a" }, never), () => {});
    used.push(box);
    return box;
  };
  await next();
  const lease = leaseOn({
    useBox: async () => (used.at(-1)!.ended.aborted ? await next() : used.at(-1)!).use(),
    giveBack: () => Promise.resolve(void given++),
  });
  return { boxes: boxes.boxes as FakeBox[], used, lease, given: () => given };
}

test("a lease lists what the box listed when it was ready, and lets go of it after each call", async () => {
  const { boxes, used, lease } = await stage();
  deepEqual(await lease.list(never), boxes[0]!.tools);
  await lease.call(echo, { signal: never });
  equal(used[0]!.users, 0);
});

test("a call that certainly did not run goes to the next box; a second loss is told", async () => {
  const { boxes, lease } = await stage();
  await boxes[0]!.cut();
  const calling = lease.call(echo, { signal: never });
  await boxes[0]!.end(KILLED);
  equal((await calling).text, "hello");
  deepEqual(boxes.map(({ fakes }) => fakes.ran), [[], ["echo"]]);
});

test("a call that does not notice that its box has ended is ended a second later", async () => {
  using clock = fakeClock();
  const deaf = {
    list: () => Promise.resolve([]),
    call: (_: unknown, { signal }: { signal: AbortSignal }) =>
      new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  };
  const ending = Promise.withResolvers<typeof KILLED>();
  const box = { ...await fakeBoxes().launch({ session: "a" }, never), toolbox: deaf, ended: ending.promise };
  const used = usedBox(box, () => {});
  const lease = leaseOn({ useBox: () => Promise.resolve(used.use()), giveBack: () => Promise.resolve() });
  const told = rejects(
    lease.call(echo, { signal: never }),
    (error) => error instanceof ToolboxGone && error.mayHaveRun && error.message.startsWith(KILLED.message),
  );
  ending.resolve(KILLED);
  await clock.pass(1_000);
  await told;
});

test("a lease that was given back calls nothing any more, and is given back once", async () => {
  const { boxes, lease, given } = await stage();
  const waiting = rejects(
    lease.call({ ...echo, name: "stakpak__wait", input: {} }, { signal: never }),
    /it was given back/,
  );
  await boxes[0]!.fakes.waiting();
  await Promise.all([lease[Symbol.asyncDispose](), lease[Symbol.asyncDispose]()]);
  await waiting;
  await rejects(lease.list(never), ToolboxGone);
  equal(given(), 1);
});
