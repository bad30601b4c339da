import assert from "node:assert/strict";
import { openDatabase } from "../../src/server/database.ts";
import { freeLeftKeys } from "../../src/server/key_table.ts";
import { test } from "../sanitized.ts";
import { tempStore } from "./temp_store.ts";

const KEY = "POST:/v1/sessions:k1";

test("a key is taken once; the same request is told what was answered, another one that it is taken", async () => {
  await using temp = await tempStore();
  const other = await temp.another();
  const { keys } = temp.store;
  assert.deepEqual(keys.reserve(KEY, "hash", "o"), { taken: true });
  assert.deepEqual(other.keys.reserve(KEY, "hash", "o"), { taken: false, why: "running" });
  assert.deepEqual(other.keys.reserve(KEY, "else", "o"), { taken: false, why: "other_body" });
  keys.complete(KEY, 201, '{"id":1}');
  const { keys: later } = await temp.reopen();
  assert.deepEqual(later.reserve(KEY, "hash", "p"), {
    ...{ taken: false, why: "answered" },
    ...{ status: 201, body: '{"id":1}' },
  });
  assert.deepEqual(later.reserve(KEY, "else", "p"), { taken: false, why: "other_body" });
});

test("a key is free again after a failure, but not one that was answered", async () => {
  await using temp = await tempStore();
  const { keys } = temp.store;
  keys.reserve(KEY, "hash", "o");
  keys.release(KEY);
  assert.deepEqual(keys.reserve(KEY, "else", "o"), { taken: true });
  keys.complete(KEY, 200, "");
  keys.complete(KEY, 500, "late");
  keys.release(KEY);
  assert.deepEqual(keys.reserve(KEY, "else", "o"), {
    ...{ taken: false, why: "answered" },
    ...{ status: 200, body: "" },
  });
});

test("a key is kept for 24 hours", async () => {
  await using temp = await tempStore();
  const { keys } = temp.store;
  keys.reserve(KEY, "hash", "o");
  keys.complete(KEY, 200, "");
  temp.at = "2026-11-24T10:00:00.000Z";
  assert.equal(keys.reserve(KEY, "hash", "o").taken, false);
  temp.at = "2026-11-24T10:00:00.001Z";
  assert.equal(keys.reserve(KEY, "hash", "o").taken, true);
});

test("freeLeftKeys() frees what the dead have reserved and never answered", async () => {
  await using temp = await tempStore();
  const { keys } = temp.store;
  keys.reserve("left", "hash", "dead");
  keys.reserve("answered", "hash", "dead");
  keys.complete("answered", 200, "");
  keys.reserve("under way", "hash", "alive");
  using database = openDatabase(temp.path);
  await freeLeftKeys({ database }, (owner) => Promise.resolve(owner === "alive"));
  assert.equal(keys.reserve("left", "hash", "alive").taken, true);
  assert.equal(keys.reserve("answered", "hash", "alive").taken, false);
  assert.equal(keys.reserve("under way", "hash", "alive").taken, false);
});
