import { equal } from "node:assert/strict";
import { usedBox } from "../../src/sandbox/used_box.ts";
import { watchAnswers } from "../../src/sandbox/watch_answers.ts";
import { fakeBoxes, KILLED } from "../fakes/fake_boxes.ts";
import { fakeClock } from "../fakes/fake_clock.ts";
import { test } from "../sanitized.ts";

async function stage() {
  const fakes = fakeBoxes();
  const used = usedBox(await fakes.launch({ session: "a" }, new AbortController().signal), () => {});
  return { box: fakes.boxes[0]!, used };
}

test("a box that does not answer three times in a row is told, one that answers in between is not", async () => {
  using clock = fakeClock();
  const { box, used } = await stage();
  using _use = used.use();
  let wrong: string | undefined;
  const watching = watchAnswers(used).then((why) => void (wrong = why));
  const { tools } = box.fakes;
  box.lists("hang");
  await clock.pass(2 * 40_000);
  box.lists(tools);
  await clock.pass(30_000);
  box.lists("hang");
  await clock.pass(2 * 40_000);
  equal(wrong, undefined);
  await clock.pass(40_000);
  equal(wrong, "The box does not answer: no answer within 10 s");
  await watching;
  await box[Symbol.asyncDispose]();
});

test("a box that nobody waits for is left alone, and the watch ends with it", async () => {
  using clock = fakeClock();
  const { box, used } = await stage();
  box.lists("hang");
  const watching = watchAnswers(used);
  await clock.pass(600_000);
  await box.end(KILLED);
  equal(await watching, undefined);
  await box[Symbol.asyncDispose]();
});
