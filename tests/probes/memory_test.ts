import assert from "node:assert/strict";
import { memory } from "../../src/probes/memory.ts";
import { ask } from "../fakes/ask.ts";
import type { FakeMachine } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const withKb = (ram: number, swap: number, machine: FakeMachine = {}) =>
  ask(memory, { ...machine, memory: { totalBytes: ram * 1024, swapBytes: swap * 1024 } });

test("memory blocks below 1024MB without swap", async () => {
  const answer = await withKb(988_000, 0);
  assert.equal(answer.status, "block");
  assert.equal(answer.summary, "Insufficient memory: 964MB RAM, no swap configured");
  assert.match(answer.fix!.command!, /swapon \/swapfile/);
});

test("memory warns below 1536MB of both together", async () => {
  const answer = await withKb(1_024_000, 512_000);
  assert.equal(answer.status, "warn");
  assert.equal(answer.summary, "Low memory: 1000MB RAM + 500MB swap");
});

test("memory passes from 1536MB on", async () => {
  const answer = await withKb(1024 * 1024, 512 * 1024);
  assert.deepEqual([answer.status, answer.summary], [
    "pass",
    "Memory looks healthy: 1024MB RAM + 512MB swap",
  ]);
  assert.equal((await withKb(1024 * 1024, 511 * 1024)).status, "warn");
});

test("memory warns and does not block at 1024MB without swap", async () => {
  assert.equal((await withKb(1024 * 1024, 0)).status, "warn");
  assert.equal((await withKb(1024 * 1023, 0)).status, "block");
});

test("memory counts swap below one megabyte as none", async () => {
  assert.equal((await withKb(988_000, 1023)).status, "block");
});

test("memory warns when the machine does not say", async () => {
  for (const ram of [0, NaN]) assert.equal((await withKb(ram, 0)).summary, "Unable to inspect host memory");
});

test("memory gives a command for swap on Linux alone, and .wslconfig in WSL", async () => {
  assert.equal((await withKb(988_000, 0, { os: "darwin" })).fix!.command, undefined);
  const wsl = await withKb(988_000, 0, { env: { WSL_DISTRO_NAME: "Ubuntu" } });
  assert.equal(wsl.fix!.command, undefined);
  assert.match(wsl.fix!.summary, /\.wslconfig/);
});
