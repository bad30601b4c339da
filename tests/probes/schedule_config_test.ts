import assert from "node:assert/strict";
import { scheduleConfig } from "../../src/probes/schedule_config.ts";
import { SEED_AUTOPILOT, SEED_CONFIG } from "../config/seed_examples.ts";
import { ask } from "../fakes/ask.ts";
import type { FakeMachine } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const on = (autopilot: string, files: NonNullable<FakeMachine["files"]> = {}, config = SEED_CONFIG) =>
  ask(scheduleConfig, {
    files: {
      "/home/ada/.stakpak/config.toml": config,
      "/home/ada/.stakpak/autopilot.toml": autopilot,
      ...files,
    },
  });
const schedule = (more = "", cron = "* * * * *") =>
  `[[schedules]]\nname = "a${more.length}"\ncron = "${cron}"\nprompt = "p"\n${more}\n`;

test("schedule_config is skipped without schedules, or without the file", async () => {
  assert.equal((await on("")).status, "skip");
  assert.equal((await ask(scheduleConfig, {})).status, "skip");
});

test("schedule_config passes on the guide's example, and counts", async () => {
  const { status, summary } = await on(SEED_AUTOPILOT);
  assert.deepEqual([status, summary], ["pass", "Schedule config valid (1 schedule, 1 enabled)"]);
  assert.match((await on(schedule() + schedule("enabled = false"))).summary, /\(2 schedules, 1 enabled\)/);
});

test("schedule_config blocks on a schedule that is broken: times, zone, name", async () => {
  for (const text of [schedule("", "0 0 30 2 *"), schedule('timezone = "Mars"'), schedule() + schedule()]) {
    const { status, summary, fix } = await on(text);
    assert.deepEqual([status, summary, fix?.command], [
      "block",
      "Schedule config invalid",
      "stakpak config validate",
    ], text);
  }
  assert.equal((await on("schedules = 3\n")).status, "block");
  assert.equal((await on('[defaults]\ntimeout = "x"\n')).status, "block");
});

test("schedule_config blocks on a profile that does not resolve, with the place", async () => {
  const { status, details } = await on(schedule('profile = "opps"'));
  assert.equal(status, "block");
  assert.match(
    details[0]!,
    /^~\/\.stakpak\/autopilot\.toml:5:11: schedules\[0\]\.profile: Cannot load profile "opps".*\(did you mean "ops"\?\)$/,
  );
});

test("schedule_config leaves a channel's profile to channels", async () => {
  assert.equal((await on(`${schedule()}[channels.slack]\nprofile = "gone"\n`)).status, "pass");
});

test("schedule_config warns about runs without tools, and routes that lead nowhere", async () => {
  const { status, details } = await on(
    schedule('sandbox = false\nnotify_channel = "slack"\nnotify_target = "#x"'),
  );
  assert.equal(status, "warn");
  assert.equal(details.length, 2);
});

test("schedule_config judges check scripts", async () => {
  const check = (path: string) => schedule(`check = "${path}"`);
  const script = { text: "", mode: 0o700 };
  assert.equal((await on(check("/home/ada/a.sh"), { "/home/ada/a.sh": script })).status, "pass");
  assert.equal((await on(check("~/a.sh"), { "/home/ada/a.sh": script })).status, "warn");
  const missing = await on(check("/home/ada/a.sh"));
  assert.equal(missing.status, "block");
  assert.match(missing.details[0]!, /:5:9: The check "\/home\/ada\/a\.sh" does not exist/);
});

test("schedule_config blocks on a check that any profile's box could write", async () => {
  const config = `${SEED_CONFIG}[profiles.idle.warden]\nvolumes = ["/srv/a:/a"]\n`;
  const files = { "/srv/a/x.sh": { text: "", mode: 0o755 } };
  const { status, details } = await on(schedule('check = "/srv/a/x.sh"'), files, config);
  assert.equal(status, "block");
  assert.match(details[0]!, /is inside "\/srv\/a", which a box can write/);
});
