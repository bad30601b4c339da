import assert from "node:assert/strict";
import { UserError } from "../../src/domain/error.ts";
import { type Database, openDatabase } from "../../src/server/database.ts";
import { test } from "../sanitized.ts";

interface Stage extends AsyncDisposable {
  readonly path: string;
  readonly database: Database;
  names(database?: Database): string[];
}

async function stage(): Promise<Stage> {
  const folder = await Deno.makeTempDir({ prefix: "stakpak-database-" });
  const path = `${folder}/a.db`;
  await Deno.writeTextFile(path, "");
  const database = openDatabase(path);
  database.script("CREATE TABLE people (name TEXT PRIMARY KEY) STRICT");
  return {
    path,
    database,
    names: (of = database) =>
      of.all<{ name: string }>("SELECT name FROM people ORDER BY name").map(({ name }) => name),
    async [Symbol.asyncDispose]() {
      database[Symbol.dispose]();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

const add = (database: Database, name: string) => database.run("INSERT INTO people VALUES (?)", name);

test("a transaction is all of its work, and others see none of it before", async () => {
  await using at = await stage();
  using other = openDatabase(at.path);
  const answer = at.database.transaction(() => {
    add(at.database, "ada");
    assert.deepEqual(at.names(other), []);
    add(at.database, "bob");
    return 7;
  });
  assert.equal(answer, 7);
  assert.deepEqual(at.names(other), ["ada", "bob"]);
});

test("a transaction that throws leaves nothing, and the next one works", async () => {
  await using at = await stage();
  const work = () => {
    add(at.database, "ada");
    throw new Error("no");
  };
  assert.throws(() => at.database.transaction(work), /^Error: no$/);
  at.database.transaction(() => add(at.database, "bob"));
  assert.deepEqual(at.names(), ["bob"]);
});

test("a transaction within another one is a part of it: nothing of either without both", async () => {
  await using at = await stage();
  const inner = () => at.database.transaction(() => add(at.database, "bob"));
  assert.throws(() =>
    at.database.transaction(() => {
      add(at.database, "ada");
      inner();
      throw new Error("no");
    })
  );
  assert.deepEqual(at.names(), []);
  at.database.transaction(() => {
    add(at.database, "ada");
    inner();
  });
  assert.deepEqual(at.names(), ["ada", "bob"]);
});

test("a transaction in which something failed is never kept, also when nobody minds", async () => {
  await using at = await stage();
  const swallowing = (work: () => unknown) => () => {
    add(at.database, "ada");
    try {
      work();
    } catch {
      // As a careless caller would.
    }
  };
  const twice = swallowing(() => add(at.database, "ada"));
  assert.throws(() => at.database.transaction(twice), /UNIQUE constraint/);
  const part = swallowing(() =>
    at.database.transaction(() => {
      throw new Error("a part failed");
    })
  );
  assert.throws(() => at.database.transaction(part), /a part failed/);
  assert.deepEqual(at.names(), []);
});

test("nothing more is done in a transaction that failed", async () => {
  await using at = await stage();
  const work = () => {
    add(at.database, "ada");
    assert.throws(() => add(at.database, "ada"));
    assert.throws(() => add(at.database, "bob"), /UNIQUE constraint/);
  };
  assert.throws(() => at.database.transaction(work));
  assert.deepEqual(at.names(), []);
});

test("afterCommit() comes once it is on disk, at once outside of a transaction, and never after a failed one", async () => {
  await using at = await stage();
  const seen: string[] = [];
  at.database.transaction(() => {
    add(at.database, "ada");
    at.database.transaction(() => at.database.afterCommit(() => void seen.push(...at.names())));
    assert.deepEqual(seen, []);
  });
  assert.deepEqual(seen, ["ada"]);
  at.database.afterCommit(() => void seen.push("at once"));
  assert.throws(() =>
    at.database.transaction(() => {
      at.database.afterCommit(() => void seen.push("never"));
      throw new Error("no");
    })
  );
  assert.deepEqual(seen, ["ada", "at once"]);
});

test("a full disk is said clearly; what was written before it stays, nothing of what met it", async () => {
  await using at = await stage();
  add(at.database, "ada");
  // SQLite answers as it does for a full disk.
  const { pages } = at.database.get<{ pages: number }>("SELECT page_count AS pages FROM pragma_page_count")!;
  at.database.script(`PRAGMA max_page_count = ${pages}`);
  const work = () => {
    add(at.database, "bob");
    add(at.database, "x".repeat(100_000));
  };
  assert.throws(() => at.database.transaction(work), (error) => {
    assert.ok(error instanceof UserError);
    assert.match(error.message, /^Cannot use the store .*a\.db: the disk is full/);
    assert.match(error.hint!, /^make room, then do it again: df -h \//);
    return true;
  });
  assert.deepEqual(at.names(), ["ada"]);
  at.database.script("PRAGMA max_page_count = 1000");
  at.database.transaction(work);
  assert.equal(at.names().length, 3);
});

test("a lock that another one holds for too long is said clearly", async () => {
  await using at = await stage();
  using other = openDatabase(at.path);
  other.script("PRAGMA busy_timeout = 0");
  at.database.transaction(() => {
    assert.throws(() => other.transaction(() => add(other, "bob")), {
      name: "UserError",
      message: /another process has held it for 5 s/,
    });
  });
  other.transaction(() => add(other, "bob"));
  assert.deepEqual(at.names(), ["bob"]);
});

test("openDatabase() is durable and strict: WAL, full sync, foreign keys, deleted contents overwritten", async () => {
  await using at = await stage();
  const setting = (name: string) =>
    Object.values(at.database.get<Record<string, unknown>>(`PRAGMA ${name}`)!)[0];
  assert.deepEqual(
    ["journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout"].map(setting),
    ["wal", 2, 1, 1, 5_000],
  );
});

test("what is opened to look at cannot be changed", async () => {
  await using at = await stage();
  add(at.database, "ada");
  using looking = openDatabase(at.path, { readOnly: true });
  assert.deepEqual(at.names(looking), ["ada"]);
  assert.throws(() => add(looking, "bob"), { name: "UserError", message: /may not write it/ });
});

test("openDatabase() refuses what is no database, and leaves it as it is", async () => {
  await using at = await stage();
  const path = `${at.path}.txt`;
  await Deno.writeTextFile(path, "dear diary\n".repeat(100));
  assert.throws(() => openDatabase(path), {
    name: "UserError",
    message: /it is damaged \(file is not a database\)/,
  });
  assert.equal(await Deno.readTextFile(path), "dear diary\n".repeat(100));
});

test("emptyLog() leaves nothing of what was deleted, and waits for nobody", async () => {
  await using at = await stage();
  add(at.database, "a-name-to-forget");
  at.database.run("DELETE FROM people");
  const found = async () =>
    (await Promise.all(["", "-wal"].map((end) => Deno.readTextFile(at.path + end)))).join("").includes(
      "a-name-to-forget",
    );
  using reader = openDatabase(at.path);
  reader.script("BEGIN; SELECT * FROM people");
  at.database.emptyLog();
  assert.equal(await found(), true);
  reader.script("COMMIT");
  at.database.emptyLog();
  assert.equal(await found(), false);
  assert.deepEqual(
    at.database.get("PRAGMA busy_timeout"),
    Object.assign(Object.create(null), { timeout: 5_000 }),
  );
});

test("copyTo() copies what is committed, and nothing of what is under way", async () => {
  await using at = await stage();
  add(at.database, "ada");
  using other = openDatabase(at.path);
  other.script("BEGIN IMMEDIATE; INSERT INTO people VALUES ('bob')");
  await at.database.copyTo(`${at.path}.copy`);
  other.script("COMMIT");
  using copy = openDatabase(`${at.path}.copy`);
  assert.deepEqual(at.names(copy), ["ada"]);
  await assert.rejects(at.database.copyTo("/nowhere/at/all.db"), { name: "UserError" });
});

test("a text with a NUL in it is read back whole, with a mark in its place", async () => {
  await using at = await stage();
  add(at.database, "ada\0bob");
  assert.deepEqual(at.names(), ["ada\ufffdbob"]);
  const found = at.database.get<{ name: string }>("SELECT name FROM people WHERE name = ?", "ada\0bob");
  assert.equal(found?.name, "ada\ufffdbob");
});
