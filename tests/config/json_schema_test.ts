import assert from "node:assert/strict";
import { jsonSchema } from "../../src/config/json_schema.ts";
import { test } from "../sanitized.ts";

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
}

test("jsonSchema() describes what is written, before it is changed into values", () => {
  const schedule = (jsonSchema("autopilot") as Schema).properties!.schedules!.items!;
  assert.deepEqual(schedule.required, ["name", "cron", "prompt"]);
  assert.equal(schedule.properties!.timeout!.type, "string");
  assert.deepEqual(schedule.properties!.overlap!.enum, ["skip", "queue", "replace", "parallel"]);
});

test("jsonSchema() knows the profiles by any name, and flags keys that do not exist", () => {
  const profile = (jsonSchema("config") as Schema).properties!.profiles!.additionalProperties as Schema;
  assert.equal(profile.properties!.api_key!.type, "string");
  assert.equal(profile.additionalProperties, false);
});

test("jsonSchema() is draft 7, which TOML editors read", () => {
  assert.equal(jsonSchema("config").$schema, "http://json-schema.org/draft-07/schema#");
});
