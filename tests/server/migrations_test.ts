import assert from "node:assert/strict";
import { type Database, openDatabase } from "../../src/server/database.ts";
import { migrate, MIGRATIONS, requireNewest, versionOf } from "../../src/server/migrations.ts";
import { test } from "../sanitized.ts";

interface Stage extends AsyncDisposable {
  readonly path: string;
  readonly database: Database;
}

async function emptyFile(): Promise<Stage> {
  const folder = await Deno.makeTempDir({ prefix: "stakpak-migrations-" });
  const path = `${folder}/a.db`;
  await Deno.writeTextFile(path, "");
  const database = openDatabase(path);
  return {
    path,
    database,
    async [Symbol.asyncDispose]() {
      database[Symbol.dispose]();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** The next step, as a later program would have it. */
const LATER = [
  ...MIGRATIONS,
  "ALTER TABLE sessions ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey'",
  "UPDATE sessions SET colour = 'green'",
];
const SESSION = `INSERT INTO sessions (id, title, origin, visibility, createdAt, updatedAt)
  VALUES ('s', 'kept', 'api', 'PRIVATE', 'a', 'b')`;

const schemaOf = (database: Database) => database.all("SELECT name, sql FROM sqlite_schema ORDER BY name");

for (const [index] of MIGRATIONS.entries()) {
  test(`a file of version ${index + 1} becomes what a new one is, with all that is in it`, async () => {
    await using old = await emptyFile();
    await using fresh = await emptyFile();
    migrate(old.database, old.path, MIGRATIONS.slice(0, index + 1));
    old.database.script(SESSION);
    migrate(old.database, old.path);
    migrate(fresh.database, fresh.path);
    assert.deepEqual(schemaOf(old.database), schemaOf(fresh.database));
    assert.equal(versionOf(old.database, old.path), MIGRATIONS.length);
    assert.equal(old.database.get<{ title: string }>("SELECT title FROM sessions")!.title, "kept");
  });
}

test("migrate() does every step once, in order", async () => {
  await using at = await emptyFile();
  migrate(at.database, at.path);
  at.database.script(SESSION);
  migrate(at.database, at.path, LATER);
  migrate(at.database, at.path, LATER);
  const session = at.database.get<{ title: string; colour: string }>("SELECT title, colour FROM sessions")!;
  assert.deepEqual({ ...session }, { title: "kept", colour: "green" });
  assert.equal(versionOf(at.database, at.path, LATER.length), LATER.length);
});

test("migrate() leaves the file as it was when a step fails", async () => {
  await using at = await emptyFile();
  migrate(at.database, at.path);
  const before = schemaOf(at.database);
  assert.throws(() => migrate(at.database, at.path, [...LATER, "SELECT nonsense"]), /nonsense/);
  assert.deepEqual(schemaOf(at.database), before);
  assert.equal(versionOf(at.database, at.path), MIGRATIONS.length);
});

test("a file that a newer program wrote is refused, and stays as it is", async () => {
  await using at = await emptyFile();
  migrate(at.database, at.path, LATER);
  const before = schemaOf(at.database);
  const refusal = {
    name: "UserError",
    message: new RegExp(`it has version ${LATER.length}, this program knows up to ${MIGRATIONS.length}$`),
  };
  assert.throws(() => migrate(at.database, at.path), refusal);
  assert.throws(() => requireNewest(at.database, at.path), refusal);
  assert.deepEqual(schemaOf(at.database), before);
});

test("a database of another program is refused, also one that has a version of its own", async () => {
  await using at = await emptyFile();
  at.database.script("CREATE TABLE theirs (x); PRAGMA user_version = 1");
  const refusal = { name: "UserError", message: /it is a database of another program$/ };
  assert.throws(() => migrate(at.database, at.path), refusal);
  assert.deepEqual(schemaOf(at.database).length, 1);
});

test("requireNewest() refuses an older file: who looks changes nothing", async () => {
  await using at = await emptyFile();
  assert.throws(() => requireNewest(at.database, at.path), {
    name: "UserError",
    message: new RegExp(`it has version 0, this program reads ${MIGRATIONS.length}$`),
  });
  migrate(at.database, at.path);
  requireNewest(at.database, at.path);
});
