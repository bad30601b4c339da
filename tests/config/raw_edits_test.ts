import assert from "node:assert/strict";
import { parse } from "smol-toml";
import { sameValue, valueAt, withoutEmpty, withoutValue, withValue } from "../../src/config/raw_edits.ts";
import { test } from "../sanitized.ts";

const root = { channels: { slack: { token: "t" } }, schedules: [{ name: "a" }, { name: "b" }] };

test("valueAt finds keys and elements, and nothing that is inherited", () => {
  assert.equal(valueAt(root, ["schedules", 1, "name"]), "b");
  assert.equal(valueAt(root, ["schedules", "length"]), undefined);
  assert.equal(valueAt(root, ["toString"]), undefined);
  assert.equal(valueAt(root, ["channels", "slack", "token", "length"]), undefined);
});

test("withValue makes the tables on the way and leaves the old value alone", () => {
  assert.deepEqual(withValue(root, ["server", "listen"], "x"), { ...root, server: { listen: "x" } });
  assert.deepEqual(withValue({}, ["schedules", 0, "name"], "a"), { schedules: [{ name: "a" }] });
  assert.equal("server" in root, false);
});

test("withoutValue takes the tables along that it leaves empty", () => {
  assert.deepEqual(withoutValue(root, ["channels", "slack", "token"]), { schedules: root.schedules });
  assert.deepEqual(withoutValue(root, ["schedules", 0]), { ...root, schedules: [{ name: "b" }] });
});

test("withoutEmpty looks outwards from a path that is not there", () => {
  assert.deepEqual(withoutEmpty({ channels: {} }, ["channels", "slack"]), {});
  assert.deepEqual(withoutEmpty(root, ["channels", "slack"]), root);
  assert.deepEqual(withoutEmpty({ schedules: [{}] }, ["schedules", 0]), { schedules: [{}] });
});

test("sameValue compares dates, numbers and tables by what they mean", () => {
  const text = "a = 1979-05-27\nb = [1, 2]\nc = { d = nan }\n";
  assert.ok(sameValue(parse(text), parse("c = { d = nan }\nb = [1, 2]\na = 1979-05-27\n")));
  assert.equal(sameValue(parse(text), parse(text.replace("27", "28"))), false);
  assert.equal(sameValue(parse(text), parse(text.replace("2]", "3]"))), false);
  assert.equal(sameValue({ a: 1 }, { b: 1 }), false);
  assert.equal(sameValue([1], { 0: 1 }), false);
});
