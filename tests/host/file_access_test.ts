import assert from "node:assert/strict";
import { mayAccess } from "../../src/host/file_access.ts";
import { test } from "../sanitized.ts";

const ADA = { uid: 1000, gid: 1000 };
const file = (mode: number, uid = 0, gid = 0) => ({ kind: "file" as const, size: 0, mode, uid, gid });

test("mayAccess() takes the owner's bits for the owner, also where others may do more", () => {
  assert.equal(mayAccess(file(0o400, 1000), ADA, ["read"]), true);
  assert.equal(mayAccess(file(0o400, 1000), ADA, ["read", "write"]), false);
  assert.equal(mayAccess(file(0o077, 1000, 1000), ADA, ["read"]), false);
});

test("mayAccess() takes the group's bits for the group and the others' for anybody else", () => {
  assert.equal(mayAccess(file(0o750, 0, 1000), ADA, ["read", "execute"]), true);
  assert.equal(mayAccess(file(0o750), ADA, ["read"]), false);
  assert.equal(mayAccess(file(0o754), ADA, ["read"]), true);
});

test("mayAccess() is true where files have no modes", () => {
  assert.equal(mayAccess({ kind: "file", size: 0 }, ADA, ["write"]), true);
});
