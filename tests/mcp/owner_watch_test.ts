import assert from "node:assert/strict";
import { PathError } from "../../src/host/inspection.ts";
import { denoHost } from "../../src/host/deno_host.ts";
import { watchOwner } from "../../src/mcp/owner_watch.ts";
import { test } from "../sanitized.ts";

const never = new AbortController().signal;
const host = denoHost([]);

test("watchOwner() tells once the lock is free", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/lock`;
  const held = await host.lock(path, never);
  const looked = Promise.withResolvers<void>();
  const watched = {
    ...host,
    lock: (at: string, signal: AbortSignal) => host.lock(at, signal).finally(looked.resolve),
  };
  const gone = Promise.withResolvers<string>();
  using _watch = watchOwner(watched, path, () => gone.resolve("gone"));
  await looked.promise;
  await held[Symbol.asyncDispose]();
  assert.equal(await gone.promise, "gone");
  await Deno.remove(folder, { recursive: true });
});

test("watchOwner() takes an owner whose folder is gone for gone, and makes none", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.remove(folder);
  await new Promise<void>((resolve) => {
    watchOwner(host, `${folder}/lock`, resolve);
  });
  await assert.rejects(Deno.stat(folder), Deno.errors.NotFound);
});

test("watchOwner() believes in an owner it cannot ask about, and is silent once disposed", async () => {
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<never>();
  const locked = {
    ...host,
    status: () => Promise.resolve({ kind: "file" as const, size: 0 }),
    lock: () => {
      asked.resolve();
      return answer.promise;
    },
  };
  let told = 0;
  {
    using _watch = watchOwner(locked, "/lock", () => told++);
    await asked.promise;
  }
  answer.reject(new PathError("/lock", "it is held"));
  await answer.promise.catch(() => {});
  assert.equal(told, 0);
});
