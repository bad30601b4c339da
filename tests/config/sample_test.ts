import assert from "node:assert/strict";
import { autopilotSchema } from "../../src/config/autopilot_schema.ts";
import { configSchema } from "../../src/config/config_schema.ts";
import { crossChecks } from "../../src/config/cross_checks.ts";
import { keysAt } from "../../src/config/explain.ts";
import { AUTOPILOT_SAMPLE, CONFIG_SAMPLE } from "../../src/config/sample.ts";
import { Redactor } from "../../src/secrets/redactor.ts";
import { test } from "../sanitized.ts";
import { autopilot, config, lines } from "./loaded.ts";

const switchedOn = (sample: string) => sample.replaceAll(/^#(?=[a-z[])/gm, "");

test("the samples load as printed, without a single remark", () => {
  assert.deepEqual(lines(config(CONFIG_SAMPLE)), []);
  assert.deepEqual(lines(autopilot(AUTOPILOT_SAMPLE)), []);
  assert.deepEqual(crossChecks(config(CONFIG_SAMPLE), autopilot(AUTOPILOT_SAMPLE)), []);
});

test("the samples load with every setting switched on", () => {
  const files = [config(switchedOn(CONFIG_SAMPLE)), autopilot(switchedOn(AUTOPILOT_SAMPLE))] as const;
  assert.deepEqual(files.flatMap(lines), []);
  assert.deepEqual(crossChecks(...files), []);
});

test("the samples mention every section", () => {
  const on = switchedOn(AUTOPILOT_SAMPLE);
  for (const section of keysAt(autopilotSchema, [])) {
    if (section === "$schema") continue;
    assert.match(on, new RegExp(`^\\[+${section}[.\\]]`, "m"), section);
  }
  for (const section of ["profiles", "settings"]) {
    assert.ok(keysAt(configSchema, []).includes(section));
    assert.match(CONFIG_SAMPLE, new RegExp(`^\\[${section}[.\\]]`, "m"), section);
  }
});

test("the samples start with the line that editors look for", () => {
  assert.match(CONFIG_SAMPLE, /^#:schema \S+\n/);
  assert.match(AUTOPILOT_SAMPLE, /^#:schema \S+\n/);
});

test("the samples have nothing that looks like a credential, so nobody copies one", () => {
  assert.deepEqual(new Redactor().find(CONFIG_SAMPLE + AUTOPILOT_SAMPLE), []);
});

test("the sample schedule does not run by itself", () => {
  assert.deepEqual(autopilot(AUTOPILOT_SAMPLE).value.schedules?.map(({ enabled }) => enabled), [false]);
});
