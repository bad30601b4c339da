import assert from "node:assert/strict";
import { crossChecks } from "../../src/config/cross_checks.ts";
import { placeOf } from "../../src/config/problem.ts";
import { test } from "../sanitized.ts";
import { autopilot, config } from "./loaded.ts";
import { SEED_AUTOPILOT, SEED_CONFIG } from "./seed_examples.ts";

test("crossChecks() has nothing against the guide's examples", () => {
  assert.deepEqual(crossChecks(config(SEED_CONFIG), autopilot(SEED_AUTOPILOT)), []);
});

test("crossChecks() gives each finding its place, also behind a broken schedule", () => {
  const text = `[[schedules]]
name = "broken"

[[schedules]]
name = "a"
cron = "* * * * *"
prompt = "p"
profile = "gone"
notify_channel = "slak"
sandbox = false
`;
  const found = crossChecks(config(SEED_CONFIG), autopilot(text));
  assert.deepEqual(found.map((problem) => [problem.severity, placeOf(problem), problem.key]), [
    ["error", "autopilot.toml:8:11", "schedules[1].profile"],
    ["error", "autopilot.toml:9:18", "schedules[1].notify_channel"],
    ["warning", "autopilot.toml:4:1", "schedules[1]"],
    ["warning", "autopilot.toml:4:1", "schedules[1]"],
  ]);
  assert.match(found[0]!.message, /^schedules\[1\]\.profile: Cannot load profile "gone"/);
});

test("crossChecks() takes the profile of the command line as fallback", () => {
  const text = '[[schedules]]\nname = "a"\ncron = "* * * * *"\nprompt = "p"\n';
  assert.deepEqual(crossChecks(config(SEED_CONFIG), autopilot(text), "ops"), []);
  assert.equal(crossChecks(config(SEED_CONFIG), autopilot(text), "gone").length, 1);
});
