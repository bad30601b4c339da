import { equal, match, rejects } from "node:assert/strict";
import type { Host } from "../../src/host/host.ts";
import { UserError } from "../../src/domain/error.ts";
import { makePrivateFolder } from "../../src/sandbox/private_folder.ts";
import { lockRegister } from "../../src/sandbox/instance.ts";
import { type FakeFile, fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const RUN = "/tmp/s";
const FOLDER = { kind: "directory", uid: 1000, gid: 1000, mode: 0o700 } as const;
const ROOTS = { ...FOLDER, uid: 0, gid: 0, mode: 0o755 } as const;
const STICKY = { ...ROOTS, mode: 0o1777 } as const;

function machine(files: Record<string, FakeFile>, uid = 1000): Host {
  const host = fakeHost({ uid, files: { "/": ROOTS, "/tmp": STICKY, ...files } });
  return { ...host, makeFolder: () => Promise.resolve() };
}

const refused = (why: RegExp) => (error: unknown) => {
  if (!(error instanceof UserError)) throw error;
  equal(error.exitCode, 2);
  match(error.message, why);
  return true;
};

test("a run folder is ours where everybody may only move his own things above it", async () => {
  await makePrivateFolder(machine({ [RUN]: FOLDER }), RUN);
  await makePrivateFolder(machine({ [RUN]: { ...FOLDER, mode: 0o775 } }), RUN);
  await makePrivateFolder(machine({ "/tmp/l": { link: "/tmp/s", uid: 1000 }, [RUN]: FOLDER }), "/tmp/l");
});

test("a run folder that another account has made first, or can write, is refused", async () => {
  const refuses = async (status: Partial<typeof FOLDER> | object, why: RegExp) =>
    await rejects(makePrivateFolder(machine({ [RUN]: { ...FOLDER, ...status } }), RUN), refused(why));
  await refuses({ uid: 1001 }, /"\/tmp\/s" belongs to uid 1001, must be yours$/);
  await refuses({ uid: 0 }, /belongs to uid 0, must be yours$/);
  await refuses({ mode: 0o777 }, /has mode 0777, must not be writable by others$/);
  await refuses({ mode: 0o1777 }, /has mode 01777, must not be writable by others$/);
  await refuses({ mode: 0o770, gid: 50 }, /has mode 0770, must not be writable by its group$/);
});

test("a run folder whose place another account can take is refused, also where a link of theirs leads to it", async () => {
  const below = { "/tmp/s/run": FOLDER };
  await rejects(
    makePrivateFolder(machine({ ...below, [RUN]: { ...FOLDER, uid: 1001 } }), "/tmp/s/run"),
    refused(/since "\/tmp\/s" belongs to uid 1001, must be yours or root's$/),
  );
  await rejects(
    makePrivateFolder(machine({ ...below, [RUN]: { ...FOLDER, mode: 0o777 } }), "/tmp/s/run"),
    refused(/since "\/tmp\/s" has mode 0777/),
  );
  const link = { link: "/tmp/s", uid: 1001 };
  await rejects(
    makePrivateFolder(machine({ "/tmp/l": link, [RUN]: FOLDER }), "/tmp/l"),
    refused(/"\/tmp\/l"/),
  );
});

test("root, told of an account's runtime folder, makes nothing in it and takes no lock there", async () => {
  const host = {
    ...machine({ "/run/user/1000": FOLDER }, 0),
    makeFolder: () => Promise.reject(new Error("it made a folder")),
    lock: () => Promise.reject(new Error("it locked")),
  };
  await rejects(
    lockRegister(host, "/run/user/1000/stakpak", new AbortController().signal),
    refused(/since "\/run\/user\/1000" belongs to uid 1000, must be yours or root's$/),
  );
});
