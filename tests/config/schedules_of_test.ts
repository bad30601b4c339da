import assert from "node:assert/strict";
import { schedulesOf } from "../../src/config/schedules_of.ts";
import { test } from "../sanitized.ts";
import { autopilot } from "./loaded.ts";

const schedule = (name: string, cron = "* * * * *") =>
  `[[schedules]]\nname = "${name}"\ncron = "${cron}"\nprompt = "p"\n`;

test("schedulesOf() numbers the right ones as the file does, around the broken ones", () => {
  const file = autopilot(schedule("a") + schedule("b", "never") + schedule("c"));
  assert.deepEqual(schedulesOf(file).map(({ index, schedule }) => [index, schedule.name]), [[0, "a"], [
    2,
    "c",
  ]]);
});

test("schedulesOf() has none in a file without schedules, or with something else there", () => {
  assert.deepEqual(schedulesOf(autopilot("")), []);
  assert.deepEqual(schedulesOf(autopilot("schedules = 3")), []);
});
