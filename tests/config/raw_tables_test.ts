import assert from "node:assert/strict";
import { doubledSecrets, isTable, tablesOf } from "../../src/config/raw_tables.ts";
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

test("doubledSecrets() finds a credential given in two ways", () => {
  const found = (table: Record<string, string>) =>
    doubledSecrets(["channels", "slack"], table).map(({ message }) => message);
  assert.deepEqual(found({ token: "a", token_env: "B" }), [
    "channels.slack has both token and token_env, must have one of them",
  ]);
  assert.deepEqual(found({ token_env: "B", token_file: "c" }), [
    "channels.slack has both token_env and token_file, must have one of them",
  ]);
  assert.deepEqual(found({ token_file: "c", app_token: "d" }), []);
});
