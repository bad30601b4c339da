import assert from "node:assert/strict";
import { doubledSecrets, isTable, nestsBeyond, tablesOf } from "../../src/config/raw_tables.ts";
import { test } from "../sanitized.ts";

test("isTable() tells tables from lists, dates and nothing", () => {
  assert.equal(isTable({}), true);
  for (const value of [null, undefined, [], new Date(), "x", 1]) assert.equal(isTable(value), false);
});

test("tablesOf() walks lists and tables, and leaves out what is neither", () => {
  assert.deepEqual(tablesOf({ a: [{ x: 1 }, 2, { y: 1 }] }, "a"), [[["a", 0], { x: 1 }], [["a", 2], {
    y: 1,
  }]]);
  assert.deepEqual(tablesOf({ a: { b: { x: 1 }, c: 2 } }, "a", ["top"]), [[["top", "a", "b"], { x: 1 }]]);
  for (const root of [null, 3, {}, { a: "x" }]) assert.deepEqual(tablesOf(root, "a"), []);
});

test("nestsBeyond() counts tables and lists in one another", () => {
  const value = { a: [{ b: 1 }], c: new Date(), d: null };
  assert.deepEqual([1, 2, 3].map((levels) => nestsBeyond(value, levels)), [true, true, false]);
  assert.equal(nestsBeyond("x", 0), false);
});

test("doubledSecrets() finds a credential given in two ways, however deep", () => {
  const found = (value: unknown) => doubledSecrets(value).map(({ key, message }) => `${key}: ${message}`);
  assert.deepEqual(found({ channels: { slack: { token: "a", token_env: "B" } } }), [
    "channels.slack.token_env: channels.slack has both token and token_env, must have one of them",
  ]);
  assert.deepEqual(found({ a: [{}, { token_env: "B", token_file: "c" }] }), [
    "a[1].token_file: a[1] has both token_env and token_file, must have one of them",
  ]);
  assert.deepEqual(found({ api_key: "a", api_key_file: "b" }), [
    "api_key_file: there are both api_key and api_key_file, must have one of them",
  ]);
  assert.deepEqual(found({ token_file: "c", app_token: "d", _env: "e", list: ["x"] }), []);
});
