import assert from "node:assert/strict";
import * as z from "zod";
import { autopilotSchema } from "../../src/config/autopilot_schema.ts";
import { configSchema } from "../../src/config/config_schema.ts";
import { explain, keysAt } from "../../src/config/explain.ts";
import { test } from "../sanitized.ts";

function explained(schema: z.ZodType, raw: unknown): string[] {
  const issues = schema.safeParse(raw).error?.issues ?? [];
  return issues.flatMap((issue) => explain(issue, raw, schema)).map(({ severity, message, hint }) =>
    `${severity} ${message}${hint ? ` | ${hint}` : ""}`
  );
}

const profile = (table: unknown) => explained(configSchema, { profiles: { a: table } });
const schedule = (table: object) =>
  explained(autopilotSchema, { schedules: [{ name: "n", cron: "* * * * *", prompt: "p", ...table }] });

test("explain() names key, actual value and wanted value", () => {
  assert.deepEqual(profile({ max_turns: 0 }), ["error profiles.a.max_turns is 0, must be 1 to 256"]);
  assert.deepEqual(profile({ model: 3 }), ["error profiles.a.model is 3, must be a text in quotes"]);
  assert.deepEqual(profile({ warden: { enabled: "yes" } }), [
    'error profiles.a.warden.enabled is "yes", must be true or false',
  ]);
  assert.deepEqual(profile({ auto_approve: {} }), [
    "error profiles.a.auto_approve is a table, must be a list",
  ]);
  assert.deepEqual(profile([]), ["error profiles.a is an empty list, must be a table"]);
});

test("explain() says that a key is missing", () => {
  assert.deepEqual(explained(autopilotSchema, { schedules: [{ name: "n", cron: "* * * * *" }] }), [
    "error schedules[0].prompt is missing, must be a text in quotes",
  ]);
});

test("explain() lists the choices and guesses which was meant", () => {
  assert.deepEqual(schedule({ overlap: "skipp" }), [
    'error schedules[0].overlap is "skipp", must be "skip" or "queue" or "replace" or "parallel" | did you mean "skip"?',
  ]);
  assert.match(
    profile({ providers: { x: { type: "antropic" } } })[0]!,
    /must be "openai" or .* \| did you mean "anthropic"\?$/,
  );
  assert.match(schedule({ overlap: 3 })[0]!, /overlap is 3, must be "skip" or/);
});

test("explain() lists every kind that a key may have, once", () => {
  assert.deepEqual(explained(autopilotSchema, { channels: { slack: { auto_approve: 3 } } }), [
    'error channels.slack.auto_approve is 3, must be a list, or "all" or "none"',
  ]);
  assert.deepEqual(explained(autopilotSchema, { channels: { slack: { two_person: "x" } } }), [
    'error channels.slack.two_person is "x", must be true or false, or a list',
  ]);
});

test("explain() lets a whole predicate speak for itself", () => {
  assert.match(
    schedule({ cron: "* * * *" })[0]!,
    /^error schedules\[0\]\.cron "\* \* \* \*" has 4 fields, must have 5/,
  );
});

test("explain() warns about each unknown key, with the nearest known one at that place", () => {
  assert.deepEqual(profile({ modle: "x", "two words": 1 }), [
    'warning unknown key "modle" in profiles.a, it has no effect | did you mean "model"?',
    'warning unknown key "two words" in profiles.a, it has no effect | remove it, or see: stakpak config sample',
  ]);
  assert.match(
    explained(autopilotSchema, { runtime: {} })[0]!,
    /^warning unknown key "runtime", it has no effect \| /,
  );
});

test("explain() takes no unknown key for nothing that was meant as a limit", () => {
  const cases: readonly (readonly [unknown, string, string])[] = [
    [{ allowed_tool: ["view"] }, "profiles.a", "allowed_tools"],
    [{ "Allowed-Tools": ["view"] }, "profiles.a", "allowed_tools"],
  ];
  for (const [table, where, meant] of cases) {
    const [key] = Object.keys(table as object);
    assert.deepEqual(profile(table), [
      `error unknown key "${key}" in ${where}, it has no effect | did you mean "${meant}"?`,
    ]);
  }
  for (const table of [{ budget: { token_per_day: 1 } }, { secrets: { file: ["/etc/key"] } }]) {
    assert.match(explained(autopilotSchema, table)[0]!, /^error unknown key "(token_per_day|file)" in /);
  }
});

test("keysAt() knows the keys of tables, list elements, named tables and alternatives", () => {
  assert.ok(keysAt(configSchema, []).includes("profiles"));
  assert.ok(keysAt(configSchema, ["profiles", "any"]).includes("max_turns"));
  assert.ok(keysAt(autopilotSchema, ["schedules", 3]).includes("cron"));
  assert.ok(keysAt(configSchema, ["profiles", "any", "providers", "x"]).includes("region"));
  assert.deepEqual(keysAt(configSchema, ["nothing", 3]), []);
});
