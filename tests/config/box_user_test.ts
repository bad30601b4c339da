import assert from "node:assert/strict";
import { boxUser } from "../../src/config/box_user.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

test("boxUser() is the host's account, and 1000:1000 where that is root", () => {
  assert.deepEqual(boxUser(fakeHost({ uid: 1234 }), undefined), { uid: 1234, gid: 1234 });
  assert.deepEqual(boxUser(fakeHost({ uid: 0 }), undefined), { uid: 1000, gid: 1000 });
});

test("boxUser() is what the file says, with the user's number as group where none is said", () => {
  assert.deepEqual(boxUser(fakeHost(), "5:6"), { uid: 5, gid: 6 });
  assert.deepEqual(boxUser(fakeHost(), "5"), { uid: 5, gid: 5 });
});

test("boxUser() is unknown on Windows", () => {
  assert.equal(boxUser(fakeHost({ os: "windows", uid: undefined }), undefined), undefined);
});
