import assert from "node:assert/strict";
import { profileOfSchedule, usedProfiles } from "../../src/config/used_profiles.ts";
import { test } from "../sanitized.ts";
import { autopilot } from "./loaded.ts";

const schedule = (name: string, more = "") =>
  `[[schedules]]\nname = "${name}"\ncron = "* * * * *"\nprompt = "p"\n${more}\n`;

test("usedProfiles() has the fallback first, then those of enabled schedules and of channels", () => {
  const file = autopilot(
    schedule("a", 'profile = "ops"') + schedule("b") + schedule("c", 'profile = "idle"\nenabled = false') +
      '[channels.slack]\nprofile = "ops"\n[channels.telegram]\n',
  );
  assert.deepEqual([...usedProfiles(file.value, "main")], [
    ["main", ["default", 'schedule "b"', "channel telegram"]],
    ["ops", ['schedule "a"', "channel slack"]],
  ]);
});

test("profileOfSchedule() is its own, else that of [defaults], else the fallback", () => {
  const file =
    autopilot(`[defaults]\nprofile = "shared"\n${schedule("a", 'profile = "own"')}${schedule("b")}`).value;
  assert.equal(profileOfSchedule(file.schedules![0]!, file, "main"), "own");
  assert.equal(profileOfSchedule(file.schedules![1]!, file, "main"), "shared");
  assert.equal(profileOfSchedule(file.schedules![1]!, {}, "main"), "main");
});
