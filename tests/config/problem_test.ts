import assert from "node:assert/strict";
import { jsonSchema } from "../../src/config/json_schema.ts";
import { keyText, partName, placeOf } from "../../src/config/problem.ts";
import { CREDENTIALS } from "../fakes/credentials.ts";
import { test } from "../sanitized.ts";

test("placeOf() is what editors make clickable", () => {
  const problem = { severity: "error", file: "~/x.toml", key: "a", message: "m" } as const;
  assert.equal(placeOf(problem), "~/x.toml");
  assert.equal(placeOf({ ...problem, line: 3 }), "~/x.toml:3:1");
  assert.equal(placeOf({ ...problem, line: 3, column: 7 }), "~/x.toml:3:7");
});

test("keyText() and partName() name a key as TOML does", () => {
  for (const name of [keyText, partName]) {
    assert.equal(name([]), "");
    assert.equal(name(["schedules", 2, "cron"]), "schedules[2].cron");
    assert.equal(name(["profiles", "my team"]), 'profiles."my team"');
  }
});

test("keyText() does not repeat a key that may be a credential; partName() stays exact", () => {
  for (const credential of CREDENTIALS) {
    assert.ok(!keyText(["profiles", credential, "model"]).includes(credential), credential);
    assert.ok(!keyText([credential, 0]).includes(credential), credential);
  }
  const [one, two] = ["a".repeat(30), "b".repeat(30)];
  assert.notEqual(partName(["profiles", one]), partName(["profiles", two]));
  assert.notEqual(partName(["a.b"]), partName(["a", "b"]));
});

test("keyText() repeats every key of both schemas", () => {
  for (const file of ["config", "autopilot"] as const) {
    const keys = propertiesOf(jsonSchema(file));
    assert.ok(keys.size > 20);
    keys.delete("$schema");
    for (const key of keys) assert.equal(keyText(["a", key]), `a.${key}`);
  }
});

function propertiesOf(node: unknown): Set<string> {
  if (node === null || typeof node !== "object") return new Set();
  const own = "properties" in node ? Object.keys(node.properties as object) : [];
  return new Set([...own, ...Object.values(node).flatMap((inner) => [...propertiesOf(inner)])]);
}
