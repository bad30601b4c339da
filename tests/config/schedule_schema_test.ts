import assert from "node:assert/strict";
import { RESERVED_SCHEDULE } from "../../src/config/schedule_schema.ts";
import { test } from "../sanitized.ts";
import { autopilot } from "./loaded.ts";

const problems = (more: string) =>
  autopilot(`[[schedules]]\ncron = "* * * * *"\nprompt = "p"\n${more}\n`).problems.map(({ message }) =>
    message
  );

test("a schedule has durations in milliseconds", () => {
  const { value } = autopilot(
    '[[schedules]]\nname = "a"\ncron = "* * * * *"\nprompt = "p"\ntimeout = "2h 30m"\n',
  );
  assert.equal(value.schedules?.[0]?.timeout, 9_000_000);
});

test("a schedule may take no time at all only before it starts", () => {
  for (const line of ['timeout = "0s"', 'check_timeout = "0m"']) {
    assert.match(problems(`name = "a"\n${line}`).join(), /must be longer than 0s/, line);
  }
  assert.doesNotMatch(problems('name = "a"\njitter = "0s"').join(), /jitter/);
});

test("a schedule's name is neither blank nor reserved, and has no control characters", () => {
  assert.match(problems('name = "a\\u001b[31m"')[0]!, /must be a name without control characters/);
  assert.match(problems('name = " "')[0]!, /name is " ", must not be blank/);
  assert.match(problems(`name = "${RESERVED_SCHEDULE} "`)[0]!, /must be another name: this one is reserved/);
});

test("a schedule's limits hold when it is read", () => {
  for (
    const line of ["max_turns = 0", "max_steps = 257", "retries = 11", 'timeout = "0"', 'timezone = "x/y"']
  ) {
    assert.equal(
      problems(`name = "a"\n${line}`).filter((message) => /must be/.test(message)).length,
      1,
      line,
    );
  }
});
