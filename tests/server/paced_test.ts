import assert from "node:assert/strict";
import { paced } from "../../src/server/paced.ts";
import { fakeClock } from "../fakes/fake_clock.ts";
import { test } from "../sanitized.ts";

test("paced() sends the first at once, what comes in between together, and nothing twice", async () => {
  using clock = fakeClock();
  let sent = 0;
  using pace = paced(100, () => sent++);
  pace.due();
  assert.equal(sent, 1);
  pace.due();
  pace.due();
  assert.equal(sent, 1);
  await clock.pass(100);
  assert.equal(sent, 2);
  await clock.pass(1_000);
  assert.equal(sent, 2);
  pace.due();
  pace.due();
  pace.flush();
  assert.equal(sent, 4);
  await clock.pass(1_000);
  assert.equal(sent, 4);
});

test("paced() waits after a pause for more, if it is told to, and not when it is flushed", async () => {
  using clock = fakeClock();
  let sent = 0;
  using pace = paced(100, () => sent++, 10);
  pace.due();
  await clock.pass(9);
  assert.equal(sent, 0);
  pace.due();
  await clock.pass(1);
  assert.equal(sent, 1);
  pace.due();
  await clock.pass(99);
  assert.equal(sent, 1);
  await clock.pass(1);
  assert.equal(sent, 2);
  await clock.pass(1_000);
  pace.due();
  pace.flush();
  await clock.pass(1_000);
  assert.equal(sent, 3);
});

test("paced() sends nothing once it is disposed", async () => {
  using clock = fakeClock();
  let sent = 0;
  const pace = paced(100, () => sent++);
  pace.due();
  pace.due();
  pace[Symbol.dispose]();
  pace.flush();
  await clock.pass(1_000);
  assert.equal(sent, 1);
});
