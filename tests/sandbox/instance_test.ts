import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { denoHost } from "../../src/host/deno_host.ts";
import { PathError } from "../../src/host/inspection.ts";
import {
  homeOf,
  INSTANCE_ID,
  lockOf,
  lockRegister,
  openInstance,
  randomHex,
} from "../../src/sandbox/instance.ts";
import { test } from "../sanitized.ts";

const NEVER = new AbortController().signal;
const host = denoHost(["/nowhere"]);

async function folder() {
  const path = await Deno.realPath(await Deno.makeTempDir());
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

test("an instance holds its lock until it is disposed, and leaves no folder", async () => {
  await using temp = await folder();
  const run = `${temp.path}/run`;
  const instance = await openInstance(host, run, NEVER);
  match(instance.id, INSTANCE_ID);
  equal(instance.folder, `${run}/${instance.id}`);
  await rejects(host.lock(lockOf(instance.folder), AbortSignal.abort()), PathError);
  await host.createFile(`${instance.folder}/box/in/mcp.sock`, "");
  await instance[Symbol.asyncDispose]();
  deepEqual((await host.entries(run, 10)).map(({ name }) => name), ["lock"]);
});

test("no instance begins while the register is locked", async () => {
  await using temp = await folder();
  const order: string[] = [];
  const register = await lockRegister(host, temp.path, NEVER);
  const opening = openInstance(host, temp.path, NEVER).then((instance) => {
    order.push("open");
    return instance;
  });
  order.push("free");
  await register[Symbol.asyncDispose]();
  await (await opening)[Symbol.asyncDispose]();
  deepEqual(order, ["free", "open"]);
});

test("homeOf() names a folder by where it is, and randomHex() says 8 digits", async () => {
  await using temp = await folder();
  await Deno.mkdir(`${temp.path}/a`);
  await Deno.symlink(`${temp.path}/a`, `${temp.path}/b`);
  equal(await homeOf(host, `${temp.path}/b`), await homeOf(host, `${temp.path}/a`));
  match(await homeOf(host, "/nowhere"), /^[0-9a-f]{12}$/);
  match(randomHex(), INSTANCE_ID);
});
