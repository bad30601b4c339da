import assert from "node:assert/strict";
import { profileChecks } from "../../src/config/profile_checks.ts";
import { keyText } from "../../src/config/problem.ts";
import { test } from "../sanitized.ts";
import { autopilot, config } from "./loaded.ts";

const CONFIG = config("[profiles.default]\n[profiles.ops]\n[profiles.broken]\nmax_turns = 0\n");
const schedule = (more = "") =>
  `[[schedules]]\nname = "n${more.length}"\ncron = "* * * * *"\nprompt = "p"\n${more}\n`;

function findings(text: string, file = CONFIG, fallback = "default"): string[] {
  return profileChecks(file, autopilot(text), fallback).map(({ severity, path, message, hint }) =>
    `${severity} ${keyText(path)} ${message} | ${hint}`
  );
}

test("profileChecks() has nothing to say where every profile resolves", () => {
  const text = `[defaults]\nprofile = "ops"\n${
    schedule('profile = "default"')
  }[channels.slack]\nprofile = "ops"\n`;
  assert.deepEqual(findings(text), []);
});

test("profileChecks() finds unknown, broken and reserved profiles where they are named", () => {
  const text = schedule('profile = "opps"') + schedule('profile = "broken"') +
    '[channels.slack]\nprofile = "all"\n[defaults]\nprofile = "nobody"\n';
  assert.deepEqual(findings(text), [
    'error defaults.profile Cannot load profile "nobody": config.toml has no such profile, it has "broken", "default", "ops" | add [profiles.nobody]',
    'error schedules[0].profile Cannot load profile "opps": config.toml has no such profile, it has "broken", "default", "ops" | did you mean "ops"?',
    'error schedules[1].profile Cannot load profile "broken" (config.toml:4:13): profiles.broken.max_turns is 0, must be 1 to 256 | stakpak config validate',
    'error channels.slack.profile Cannot load profile "all": it is reserved for what the other profiles inherit | use another name, such as "default"',
  ]);
});

test("profileChecks() finds a fallback that does not resolve once, where somebody relies on it", () => {
  assert.deepEqual(findings("", CONFIG, "gone"), []);
  const found = findings(schedule() + schedule("enabled = true") + "[channels.slack]\n", CONFIG, "gone");
  assert.deepEqual(found.map((line) => line.split(" ")[1]), ["schedules[0]", "channels.slack"]);
});

test("profileChecks() only warns about a schedule that is switched off", () => {
  assert.match(
    findings(schedule('profile = "gone"\nenabled = false'))[0]!,
    /^warning schedules\[0\].profile/,
  );
  assert.deepEqual(findings(schedule("enabled = false"), CONFIG, "gone"), []);
});

test("profileChecks() says once that config.toml is not usable at all", () => {
  const text = schedule('profile = "a"') + schedule('profile = "bb"');
  assert.equal(findings(text, config("not toml")).length, 1);
  assert.equal(findings(text, { ...config(""), exists: false }).length, 1);
});

test("profileChecks() says nothing about profiles with credentials of their own: they are used", () => {
  const own = config('[profiles.default]\n[profiles.ops]\napi_key = "k"\n[profiles.ops.rulebooks]\n');
  assert.deepEqual(findings(schedule('profile = "ops"'), own), []);
});
