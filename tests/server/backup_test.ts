import assert from "node:assert/strict";
import { denoHost } from "../../src/host/deno_host.ts";
import { backUpStore } from "../../src/server/backup.ts";
import { openStore } from "../../src/server/open_store.ts";
import { test } from "../sanitized.ts";
import { startChild } from "./child_process.ts";
import { begun, tempStore, turn } from "./temp_store.ts";

const host = denoHost([]);

test("a backup is a whole store, for its owner alone, made while another process writes", async () => {
  await using temp = await tempStore();
  const { sessionId } = begun(temp.store);
  await using child = startChild(temp.path, "write", sessionId);
  while (await child.line() !== "20");
  const target = `${temp.folder}/copy.db`;
  const { bytes } = await backUpStore(host, temp.path, target);
  await child.kill();
  const status = await Deno.stat(target);
  assert.deepEqual([status.mode! & 0o777, status.size], [0o600, bytes]);
  using copy = await openStore(host, target);
  const { oldest, newest } = copy.events.bounds(sessionId);
  assert.ok(oldest === 1 && newest >= 20, `${oldest} to ${newest}`);
  assert.equal(copy.messages.list(sessionId, { limit: 1, offset: 0 }).total, newest);
  assert.equal(copy.events.append(sessionId, undefined, turn(1)).id, newest + 1);
});

test("a backup overwrites nothing, and needs a store", async () => {
  await using temp = await tempStore();
  const target = `${temp.folder}/copy.db`;
  await Deno.writeTextFile(target, "mine");
  await assert.rejects(backUpStore(host, temp.path, target), {
    name: "UserError",
    message: /it is there already/,
  });
  assert.equal(await Deno.readTextFile(target), "mine");
  await assert.rejects(backUpStore(host, `${temp.path}.gone`, `${target}.2`), {
    name: "UserError",
    message: /there is none yet$/,
  });
  await assert.rejects(Deno.stat(`${target}.2`), Deno.errors.NotFound);
});

test("a damaged store is not taken for a backup, and leaves no file", async () => {
  await using temp = await tempStore();
  const { sessionId } = begun(temp.store);
  for (let number = 1; number <= 100; number++) temp.store.events.append(sessionId, undefined, turn(number));
  temp.store[Symbol.dispose]();
  const bytes = await Deno.readFile(temp.path);
  bytes.fill(0x5a, bytes.length - 4_096);
  await Deno.writeFile(temp.path, bytes);
  await assert.rejects(backUpStore(host, temp.path, `${temp.folder}/copy.db`), { message: /it is damaged/ });
  const names = (await host.entries(temp.folder, 9)).map(({ name }) => name);
  assert.deepEqual(names, ["autopilot.db", "autopilot.db.lock"]);
});
