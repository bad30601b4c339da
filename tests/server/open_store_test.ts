import assert from "node:assert/strict";
import { denoHost } from "../../src/host/deno_host.ts";
import { openDatabase } from "../../src/server/database.ts";
import { holdInstance } from "../../src/server/instances.ts";
import { lookAtStore, openStore } from "../../src/server/open_store.ts";
import { test } from "../sanitized.ts";
import { childWords, startChild } from "./child_process.ts";
import { begun, tempStore, turn } from "./temp_store.ts";

const host = denoHost([]);

async function modesIn(folder: string): Promise<Record<string, string>> {
  const modes: Record<string, string> = { ".": (await Deno.stat(folder)).mode!.toString(8).slice(-3) };
  for await (const { name } of Deno.readDir(folder)) {
    modes[name] = (await Deno.stat(`${folder}/${name}`)).mode!.toString(8).slice(-3);
  }
  return modes;
}

/** Names, contents and times of the files in a folder. */
async function stateOf(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    const { mtime } = await Deno.stat(`${folder}/${name}`);
    const digest = await crypto.subtle.digest("SHA-256", await Deno.readFile(`${folder}/${name}`));
    found.push(`${name} ${mtime?.getTime()} ${new Uint8Array(digest).toHex()}`);
  }
  return found.sort();
}

test("the store and all that SQLite makes beside it are for the owner alone", async () => {
  await using temp = await tempStore();
  begun(temp.store);
  assert.deepEqual(await modesIn(temp.folder), {
    ".": "700",
    "autopilot.db": "600",
    "autopilot.db-shm": "600",
    "autopilot.db-wal": "600",
    "autopilot.db.lock": "600",
  });
});

test("a store that others could read is theirs no more once it is opened", async () => {
  await using temp = await tempStore();
  temp.store[Symbol.dispose]();
  await Deno.chmod(temp.path, 0o644);
  await Deno.chmod(temp.folder, 0o755);
  using store = await openStore(host, temp.path);
  begun(store);
  const modes = await modesIn(temp.folder);
  assert.deepEqual([modes["."], modes["autopilot.db"], modes["autopilot.db-wal"]], ["700", "600", "600"]);
});

test("a store is made once by several that open it at once", async () => {
  const home = await Deno.makeTempDir({ prefix: "stakpak-store-" });
  try {
    const path = `${home}/autopilot/autopilot.db`;
    const stores = await Promise.all(Array.from({ length: 4 }, () => openStore(host, path)));
    for (const store of stores) {
      begun(store);
      store[Symbol.dispose]();
    }
    using store = await openStore(host, path);
    assert.equal(store.sessions.list({ limit: 9, offset: 0 }).total, 4);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
});

test("two processes that write at once lose nothing: no gap, no double, each in its own order", async () => {
  await using temp = await tempStore();
  const { sessionId } = begun(temp.store);
  await using one = startChild(temp.path, "write", sessionId, "40");
  await using two = startChild(temp.path, "write", sessionId, "40");
  const told = await Promise.all([one.rest(), two.rest()]);
  const events = temp.store.events.after(sessionId, 0, 1_000);
  assert.deepEqual(events.map(({ id }) => id), Array.from({ length: 80 }, (_, index) => index + 1));
  for (const [index, { pid }] of [one, two].entries()) {
    const own = events.filter(({ event }) => event.name === "text_delta" && event.fields.delta === `${pid}`);
    assert.deepEqual(["open", ...own.map(({ id }) => String(id))], told[index]);
  }
  assert.equal(temp.store.messages.list(sessionId, { limit: 1, offset: 0 }).total, 80);
});

for (const after of [1, 7, 30]) {
  test(`kill -9 after event ${after} loses nothing that was committed, and leaves nothing half`, async () => {
    await using temp = await tempStore();
    const { sessionId } = begun(temp.store);
    temp.store[Symbol.dispose]();
    await using child = startChild(temp.path, "write", sessionId);
    while (await child.line() !== String(after));
    await child.kill();
    const last = Number((await child.rest()).at(-1) ?? after);
    using store = await openStore(host, temp.path);
    const events = store.events.after(sessionId, 0, 100_000);
    // One more than it could say: it was killed between the disk and its own word.
    assert.ok(events.length === last || events.length === last + 1, `${events.length}, told ${last}`);
    assert.equal(events.at(-1)!.id, events.length);
    assert.equal(store.messages.list(sessionId, { limit: 1, offset: 0 }).total, events.length);
    assert.equal(store.events.append(sessionId, undefined, turn(1)).id, events.length + 1);
  });
}

test("a disk that is really full is said clearly, and all that was written before it is there", async () => {
  if (Deno.build.os !== "linux") return; // A small disk of our own needs Linux.
  const home = await Deno.makeTempDir({ prefix: "stakpak-full-disk-" });
  try {
    await Deno.mkdir(`${home}/small`);
    await Deno.mkdir(`${home}/out`);
    using made = await openStore(host, `${home}/made/autopilot.db`);
    const { sessionId } = begun(made);
    made[Symbol.dispose]();
    const script =
      `set -e; cd "$0"; mount -t tmpfs -o size=3m,mode=0700 tmpfs small; cp -p made/autopilot.db small
      head -c 1000000 /dev/zero > small/filler; "$@"; rm small/filler; "$@" 3; cp -p small/* out`;
    const { stdout, stderr, success } = await new Deno.Command("unshare", {
      args: [
        ...(Deno.uid() === 0 ? [] : ["--map-root-user"]),
        ...[
          "--mount",
          "sh",
          "-c",
          script,
          home,
          ...childWords(`${home}/small/autopilot.db`, "write", sessionId),
        ],
      ],
    }).output();
    assert.ok(success, new TextDecoder().decode(stderr));
    const lines = new TextDecoder().decode(stdout).trim().split("\n");
    const failed = lines.findIndex((line) => line.startsWith("failed: "));
    assert.match(lines[failed]!, /Cannot use the store .*small\/autopilot\.db: the disk is full/);
    const [before, after] = [lines.slice(1, failed).length, lines.slice(failed + 2).length];
    assert.ok(before > 10, `${before} written`);
    assert.equal(after, 3);
    using store = await openStore(host, `${home}/out/autopilot.db`);
    assert.equal(store.events.after(sessionId, 0, 10_000).length, before + after);
    assert.equal(store.messages.list(sessionId, { limit: 1, offset: 0 }).total, before + after);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
});

test("a file that is damaged is refused with the way back, and never written to", async () => {
  await using temp = await tempStore();
  temp.store[Symbol.dispose]();
  const whole = await Deno.readFile(temp.path);
  const noise = Uint8Array.from(whole, (byte, at) => at > 4_096 ? byte ^ 0x5a : byte);
  const kinds = {
    cut: whole.slice(0, 8_192),
    noise,
    text: new TextEncoder().encode("dear diary\n".repeat(500)),
  };
  for (const [kind, bytes] of Object.entries(kinds)) {
    await Deno.writeFile(temp.path, bytes);
    await assert.rejects(openStore(host, temp.path), (error: Error & { hint?: string }) => {
      assert.equal(error.name, "UserError", `${kind}: ${error.message}`);
      assert.match(error.message, /^Cannot use the store .*: it is damaged/);
      assert.match(error.hint!, /stakpak state check.*docs\/state\.md/);
      return true;
    });
    assert.deepEqual(await Deno.readFile(temp.path), bytes, kind);
  }
});

test("keys that the dead have left are free when the store is opened, those of the living are not", async () => {
  await using temp = await tempStore();
  await using alive = await holdInstance(host, `${temp.folder}/instances`, new AbortController().signal);
  temp.store.keys.reserve("left", "hash", "0123456789abcdef");
  temp.store.keys.reserve("under way", "hash", alive.id);
  const { keys } = await temp.reopen();
  assert.equal(keys.reserve("left", "hash", alive.id).taken, true);
  assert.equal(keys.reserve("under way", "hash", alive.id).taken, false);
});

test("lookAtStore() finds no store where there is none, and makes none", async () => {
  const home = await Deno.makeTempDir({ prefix: "stakpak-store-" });
  assert.equal(await lookAtStore(host, `${home}/autopilot.db`), undefined);
  assert.deepEqual(await stateOf(home), []);
  await Deno.remove(home);
});

test("lookAtStore() reads beside whoever writes, and changes nothing", async () => {
  await using temp = await tempStore();
  const { sessionId, runId } = begun(temp.store);
  using looking = (await lookAtStore(host, temp.path))!;
  temp.store.events.append(sessionId, runId, turn(1));
  assert.equal(looking.events.bounds(sessionId).newest, 1);
  assert.throws(() => looking.sessions.create({ title: "x", origin: "cli" }), { name: "UserError" });
  assert.throws(() => looking.transaction(() => looking.sessions.delete(sessionId)), { name: "UserError" });
  assert.equal(temp.store.sessions.list({ limit: 1, offset: 0 }).total, 1);
});

test("lookAtStore() leaves every file as it was, also one that is newer than this program", async () => {
  await using temp = await tempStore();
  begun(temp.store);
  temp.store[Symbol.dispose]();
  const before = await stateOf(temp.folder);
  (await lookAtStore(host, temp.path))![Symbol.dispose]();
  assert.deepEqual(await stateOf(temp.folder), before);
  (() => {
    using newer = openDatabase(temp.path);
    newer.script("PRAGMA user_version = 999");
  })();
  const after = await stateOf(temp.folder);
  await assert.rejects(lookAtStore(host, temp.path), { name: "UserError", message: /it has version 999/ });
  await assert.rejects(openStore(host, temp.path), { name: "UserError", message: /it has version 999/ });
  assert.deepEqual(await stateOf(temp.folder), after);
});
