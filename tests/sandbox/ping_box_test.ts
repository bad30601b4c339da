import { equal } from "node:assert/strict";
import { pingBox } from "../../src/sandbox/ping_box.ts";
import { fakeBoxes } from "../fakes/fake_boxes.ts";
import { fakeClock } from "../fakes/fake_clock.ts";
import { test } from "../sanitized.ts";

const never = new AbortController().signal;

async function box() {
  const { launch, boxes } = fakeBoxes();
  await launch({ session: "a" }, never);
  return boxes[0]!;
}

test("a box that lists its tools, and perhaps more, is well", async () => {
  const well = await box();
  equal(await pingBox(well, never), undefined);
  equal(await pingBox({ ...well, tools: well.tools.slice(1) }, never), undefined);
});

test("a box that lists fewer tools, is gone or says nothing for 10 s is not", async () => {
  using clock = fakeClock();
  const ill = await box();
  ill.lists(ill.fakes.tools.slice(2));
  equal(await pingBox(ill, never), "The box lists 5 of its 7 tools");
  ill.lists("hang");
  const pinging = pingBox(ill, never);
  await clock.pass(10_000);
  equal(await pinging, "The box does not answer: no answer within 10 s");
  ill.lists(ill.fakes.tools);
  await ill.cut();
  equal(await pingBox(ill, never), "The box does not answer: Cannot reach the tools: killed");
});
