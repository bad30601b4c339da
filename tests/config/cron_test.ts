import assert from "node:assert/strict";
import { cronProblem, inZone, isZone, nextRuns } from "../../src/config/cron.ts";
import { test } from "../sanitized.ts";
import golden from "../judges/cron_golden.json" with { type: "json" };

test("nextRuns() agrees with all 1,500 rows of the judge", () => {
  assert.equal(golden.length, 1500);
  for (const { cron, tz, from, next } of golden) {
    assert.equal(cronProblem(cron), undefined, cron);
    const runs = nextRuns(cron, tz, new Date(from), next.length).map((time) => time.toISOString());
    assert.deepEqual(runs, next, `${cron} ${tz} ${from}`);
  }
});

test("cronProblem() refuses a day that does not exist, and takes one that rarely does", () => {
  assert.equal(cronProblem("0 0 30 2 *"), "never runs, must name a day that exists");
  assert.equal(cronProblem("0 0 31 2,4,6,9,11 *"), "never runs, must name a day that exists");
  assert.equal(cronProblem("0 0 29 2 *"), undefined);
  assert.equal(cronProblem("0 0 30 2 1"), undefined, "day of month or day of week");
});

test("cronProblem() takes names, nicknames and any white space between fields", () => {
  for (const expression of ["0 0 * JAN MON", "@daily", "@Hourly", " */5\t* *  * * ", "0 0 * * 7"]) {
    assert.equal(cronProblem(expression), undefined, expression);
  }
});

test("cronProblem() counts fields, seconds included", () => {
  assert.match(cronProblem("0 * * * * *")!, /^has 6 fields, must have 5/);
  assert.match(cronProblem(" ")!, /^has 0 fields/);
});

test("cronProblem() says what is wrong with a field or a nickname", () => {
  assert.match(cronProblem("61 * * * *")!, /^is not a cron expression: .*minute/);
  assert.match(cronProblem("@reboot")!, /^is no nickname, must be @hourly, /);
});

test("cronProblem() does not repeat what may be a credential", () => {
  const key = "ghp_abcdefghijklmnopqrstuvwxyz0123456789";
  for (const expression of [`${key} * * * *`, `@${key}`, key, `* * * * ${key}`]) {
    assert.ok(!cronProblem(expression)!.includes(key), expression);
  }
});

test("isZone() takes names of the IANA list, not offsets, twice with the same answer", () => {
  for (const zone of ["UTC", "Europe/Berlin", "Europe/Berlin"]) assert.equal(isZone(zone), true);
  for (const zone of ["+02:00", "", "Mars/Olympus", "Mars/Olympus", "Europe/Berlin "]) {
    assert.equal(isZone(zone), false);
  }
});

test("nextRuns() keeps to the clock of a zone over a change of time", () => {
  const runs = nextRuns("0 9 * * *", "Europe/Berlin", new Date("2026-10-24T00:00:00Z"), 2);
  assert.deepEqual(runs.map((time) => time.toISOString()), [
    "2026-10-24T07:00:00.000Z",
    "2026-10-25T08:00:00.000Z",
  ]);
});

test("inZone() reads the clock of a zone, midnight as 00", () => {
  const time = new Date("2026-11-22T23:00:00Z");
  assert.equal(inZone(time, "Europe/Berlin"), "2026-11-23 00:00 GMT+1");
  assert.equal(inZone(time, "UTC"), "2026-11-22 23:00 UTC");
});
