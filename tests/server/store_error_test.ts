import assert from "node:assert/strict";
import { UserError } from "../../src/domain/error.ts";
import { DamagedStore, storeError } from "../../src/server/store_error.ts";
import { test } from "../sanitized.ts";

const PATH = "/home/ada/.stakpak/autopilot/autopilot.db";

function ofSqlite(message: string): Error {
  return Object.assign(new Error(message), { code: "ERR_SQLITE_ERROR" });
}

test("storeError() says what the file's failure means, and what to do", () => {
  const cases: [string, RegExp, RegExp][] = [
    ["database or disk is full", /the disk is full/, /df -h \/home\/ada\/\.stakpak\/autopilot$/],
    ["database is locked", /another process has held it for 5 s/, /fuser -v/],
    ["disk I/O error", /the disk does not read or write it/, /stakpak state check/],
    ["attempt to write a readonly database", /this account may not write it/, /ls -la/],
    ["unable to open database file: /x", /this account may not write it/, /ls -la/],
  ];
  for (const [message, cause, hint] of cases) {
    const error = storeError(ofSqlite(message), PATH);
    assert.ok(error instanceof UserError, message);
    assert.match(error.message, cause);
    assert.ok(error.message.includes(PATH) && error.message.includes(message));
    assert.match(error.hint!, hint);
  }
});

test("storeError() names damage, and the way back", () => {
  for (
    const message of [
      "database disk image is malformed",
      "file is not a database",
      "malformed database schema (x)",
    ]
  ) {
    const error = storeError(ofSqlite(message), PATH);
    assert.ok(error instanceof DamagedStore, message);
    assert.match(error.hint!, /stakpak state check.*docs\/state\.md/);
  }
});

test("storeError() leaves a bug of ours a bug", () => {
  for (const bug of [ofSqlite("UNIQUE constraint failed: runs.id"), new TypeError("no"), "text"]) {
    assert.equal(storeError(bug, PATH), bug);
  }
});
