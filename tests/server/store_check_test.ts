import assert from "node:assert/strict";
import { openDatabase } from "../../src/server/database.ts";
import { bytesOf, countsOf, fullCheck, quickCheck } from "../../src/server/store_check.ts";
import { DamagedStore } from "../../src/server/store_error.ts";
import { test } from "../sanitized.ts";
import { begun, type TempStore, tempStore, turn } from "./temp_store.ts";

/** A closed store with 200 events. */
async function filled(): Promise<TempStore> {
  const temp = await tempStore();
  const { sessionId, runId } = begun(temp.store);
  temp.store.transaction(() => {
    for (let number = 1; number <= 200; number++) temp.store.events.append(sessionId, runId, turn(number));
  });
  temp.store.messages.append(sessionId, runId, { role: "user", text: "hi" });
  temp.store[Symbol.dispose]();
  return temp;
}

/** Overwrites the middle of the page that the table begins on. */
async function damage(path: string, table: string): Promise<void> {
  const { page } = (() => {
    using database = openDatabase(path);
    return database.get<{ page: number }>(
      "SELECT rootpage AS page FROM sqlite_schema WHERE name = ?",
      table,
    )!;
  })();
  using file = await Deno.open(path, { read: true, write: true });
  await file.seek((page - 1) * 4_096, Deno.SeekMode.Start);
  await file.write(new Uint8Array(64).fill(0x5a));
}

test("a whole store passes both checks, and is counted", async () => {
  await using temp = await filled();
  using database = openDatabase(temp.path);
  quickCheck(database, temp.path);
  assert.deepEqual(fullCheck(database), []);
  assert.deepEqual(countsOf(database), {
    ...{ sessions: 1, messages: 1, runs: 1, calls: 0, events: 200, audit: 0 },
  });
  assert.equal(bytesOf(database), (await Deno.stat(temp.path)).size);
});

test("a small store is checked whole at each start", async () => {
  await using temp = await filled();
  await damage(temp.path, "events");
  using database = openDatabase(temp.path);
  assert.throws(() => quickCheck(database, temp.path), DamagedStore);
});

test("of a large store a start checks what decisions are made by; the full check finds the rest", async () => {
  await using temp = await filled();
  await damage(temp.path, "events");
  const small = 0;
  (() => {
    using database = openDatabase(temp.path);
    quickCheck(database, temp.path, small);
    assert.ok(fullCheck(database).length > 0);
  })();
  await damage(temp.path, "runs");
  using database = openDatabase(temp.path);
  assert.throws(() => quickCheck(database, temp.path, small), DamagedStore);
});

test("fullCheck() finds what belongs to nothing, and what lacks between two", async () => {
  await using temp = await filled();
  using database = openDatabase(temp.path);
  database.run("DELETE FROM events WHERE id = 7");
  database.run("DELETE FROM messages");
  const { id } = database.get<{ id: string }>("SELECT id FROM sessions")!;
  assert.deepEqual(fullCheck(database), [`session ${id} lacks events`]);
  database.script("PRAGMA foreign_keys = OFF; DELETE FROM sessions");
  assert.deepEqual(fullCheck(database), [
    "199 of events belong to sessions that are not there",
    "1 of runs belong to sessions that are not there",
  ]);
});

test("fullCheck() finds an event that was given an id and is gone from the end, and a message that is", async () => {
  await using temp = await filled();
  const store = await temp.reopen();
  const { id } = store.sessions.list({ limit: 1, offset: 0 }).sessions[0]!;
  for (const text of ["b", "c"]) store.messages.append(id, "r", { role: "user", text });
  using database = openDatabase(temp.path);
  database.run("DELETE FROM events WHERE id = 200");
  database.run("DELETE FROM messages WHERE position = 1");
  assert.deepEqual(fullCheck(database), [`session ${id} lacks events`, `session ${id} lacks messages`]);
});
