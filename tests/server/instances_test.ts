import assert from "node:assert/strict";
import { denoHost } from "../../src/host/deno_host.ts";
import { holdInstance, lives } from "../../src/server/instances.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { PathError } from "../../src/host/inspection.ts";
import { test } from "../sanitized.ts";
import { startChild } from "./child_process.ts";

const host = denoHost([]);
const never = new AbortController().signal;

async function folder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await Deno.makeTempDir({ prefix: "stakpak-instances-" });
  return { path: `${path}/instances`, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

test("an instance lives until it is disposed, also as this process sees it", async () => {
  await using at = await folder();
  const instance = await holdInstance(host, at.path, never);
  assert.match(instance.id, /^[0-9a-f]{16}$/);
  assert.equal(await lives(host, at.path, instance.id), true);
  await instance[Symbol.asyncDispose]();
  assert.equal(await lives(host, at.path, instance.id), false);
  assert.deepEqual((await host.entries(at.path, 9)).map(({ name }) => name), ["lock"]);
});

test("an instance that was killed is dead, and the next one takes its file away", async () => {
  await using at = await folder();
  await using child = startChild(at.path, "hold");
  const id = (await child.line())!;
  assert.equal(await lives(host, at.path, id), true);
  await child.kill();
  assert.equal(await lives(host, at.path, id), false);
  await using next = await holdInstance(host, at.path, never);
  assert.deepEqual((await host.entries(at.path, 9)).map(({ name }) => name).sort(), [next.id, "lock"].sort());
});

test("an instance leaves the files of those that live alone", async () => {
  await using at = await folder();
  await using one = await holdInstance(host, at.path, never);
  await using two = await holdInstance(host, at.path, never);
  assert.notEqual(one.id, two.id);
  assert.equal(await lives(host, at.path, one.id), true);
});

test("what is no id is no instance, and one that cannot be asked about counts as living", async () => {
  await using at = await folder();
  await using _one = await holdInstance(host, at.path, never);
  for (const id of ["lock", "../instances/lock", "", "0123456789abcdef"]) {
    assert.equal(await lives(host, at.path, id), false, id);
  }
  const closed = fakeHost({});
  closed.status = () => Promise.reject(new PathError("/i/0123456789abcdef", "permission denied"));
  assert.equal(await lives(closed, "/i", "0123456789abcdef"), true);
});
