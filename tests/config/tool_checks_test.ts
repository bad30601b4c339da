import assert from "node:assert/strict";
import { keyText } from "../../src/config/problem.ts";
import { toolChecks } from "../../src/config/tool_checks.ts";
import { test } from "../sanitized.ts";
import { autopilot, config } from "./loaded.ts";

const CONFIG = config(`[profiles.default]
[profiles.mute]
allowed_tools = []
[profiles.foreign]
allowed_tools = ["search_docs", "typo"]
[profiles.far]
allowed_tools = ["paks__*"]
[profiles.some]
allowed_tools = ["run_*"]
[profiles.looks]
allowed_tools = ["stakpak__view"]
`);
const schedule = (more = "") => `[[schedules]]\nname = "a"\ncron = "* * * * *"\nprompt = "p"\n${more}\n`;

function findings(text: string): string[] {
  return toolChecks(CONFIG, autopilot(text), "default").map(({ severity, path, message }) =>
    `${severity} ${keyText(path)} ${message}`
  );
}

test("toolChecks() has nothing to say where tools are left, or the profile does not resolve", () => {
  for (const profile of ["default", "looks", "gone", "far", "some"]) {
    assert.deepEqual(findings(schedule(`profile = "${profile}"`)), []);
  }
  assert.deepEqual(findings(schedule("sandbox = true")), []);
});

test("toolChecks() warns about sandbox = false, its own or that of [defaults], unless tools run on the host", () => {
  const warning = ["warning schedules[0] sandbox = false means that its runs have no tools"];
  assert.deepEqual(findings(schedule("sandbox = false")), warning);
  assert.deepEqual(findings(`[defaults]\nsandbox = false\n${schedule()}`), warning);
  assert.deepEqual(findings(`[defaults]\nsandbox = false\n${schedule("sandbox = true")}`), []);
  assert.deepEqual(findings(`[server]\nhost_tools = true\n${schedule("sandbox = false")}`), []);
});

test("toolChecks() warns about a profile whose list leaves no tool that exists", () => {
  for (const name of ["mute", "foreign"]) {
    assert.deepEqual(findings(schedule(`profile = "${name}"`)), [
      `warning schedules[0] its runs have no tools: allowed_tools of the profile "${name}" names none`,
    ]);
  }
});
