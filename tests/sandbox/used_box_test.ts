import { deepEqual, equal } from "node:assert/strict";
import { usedBox } from "../../src/sandbox/used_box.ts";
import { fakeBoxes, KILLED } from "../fakes/fake_boxes.ts";
import { test } from "../sanitized.ts";

const never = new AbortController().signal;

test("the last user who lets go is noticed, each time, and letting go twice counts once", async () => {
  const box = await fakeBoxes().launch({ session: "a" }, never);
  let unused = 0;
  const used = usedBox(box, () => unused++);
  const [one, two] = [used.use(), used.use()];
  one[Symbol.dispose]();
  one[Symbol.dispose]();
  deepEqual([used.users, unused], [1, 0]);
  two[Symbol.dispose]();
  deepEqual([used.users, unused], [0, 1]);
  used.use()[Symbol.dispose]();
  equal(unused, 2);
});

test("its end is a signal that carries the reason", async () => {
  const { launch, boxes } = fakeBoxes();
  const used = usedBox(await launch({ session: "a" }, never), () => {});
  equal(used.ended.aborted, false);
  await boxes[0]!.end(KILLED);
  equal(used.use().ended.reason, KILLED);
});
