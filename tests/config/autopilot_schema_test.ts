import assert from "node:assert/strict";
import { autopilotSchema } from "../../src/config/autopilot_schema.ts";
import { keysAt } from "../../src/config/explain.ts";
import { test } from "../sanitized.ts";
import { EVERY_AUTOPILOT_KEY } from "./every_key.ts";
import { autopilot, lines } from "./loaded.ts";
import { SEED_AUTOPILOT, SEED_SANDBOX_MODE } from "./seed_examples.ts";

test("the guide's autopilot.toml loads as printed, without a remark", () => {
  const loaded = autopilot(SEED_AUTOPILOT);
  assert.deepEqual(lines(loaded), []);
  assert.equal(loaded.value.schedules?.[0]?.profile, "monitoring");
  assert.equal(loaded.value.channels?.slack?.profile, "ops");
});

test("the guide's [server] loads with the comment after its value", () => {
  const loaded = autopilot(SEED_SANDBOX_MODE);
  assert.deepEqual(lines(loaded), []);
  assert.equal(loaded.value.server?.sandbox_mode, "ephemeral");
});

test("every key of autopilot.toml is taken, and none is unknown", () => {
  const { broken, problems } = autopilot(EVERY_AUTOPILOT_KEY);
  assert.equal(broken.size, 0);
  assert.deepEqual(problems.filter(({ deprecated }) => !deprecated), []);
});

test("the example of every key has every key", () => {
  const sections = keysAt(autopilotSchema, []);
  const places = [[], ...sections.map((name) => [name]), ["schedules", 0], ["channels", "slack"], [
    "routing",
    "bindings",
    0,
  ]];
  for (const place of places) {
    for (const key of keysAt(autopilotSchema, place)) {
      // One of the three spellings of a credential stands for all.
      assert.ok(EVERY_AUTOPILOT_KEY.includes(key.replace(/_(env|file)$/, "")), `${place.join(".")}.${key}`);
    }
  }
});

test("[notifications] needs no gateway_url, and an acknowledgement takes a date or its text", () => {
  assert.deepEqual(lines(autopilot('[notifications]\nchannel = "slack"\ntarget = "#ops"\n')), []);
  const until = (value: string) =>
    autopilot(`[[doctor.acknowledge]]\nprobe = "p"\nreason = "r"\nuntil = ${value}\n`);
  for (const value of ["2030-01-31", '"2030-01-31"']) {
    assert.equal(
      until(value).value.doctor?.acknowledge?.[0]?.until.toISOString(),
      "2030-01-31T00:00:00.000Z",
    );
  }
  assert.match(until('"soon"').problems[0]!.message, /must be a date/);
});
