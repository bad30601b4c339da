/**
 * Our program's tools on this machine, in a process of their own with the table's rights.
 *
 * @module
 */
import assert from "node:assert/strict";
import { UserError } from "../../src/domain/error.ts";
import type { Toolbox } from "../../src/domain/toolbox.ts";
import type { Host } from "../../src/host/host.ts";
import { startHostProcess } from "../../src/server/host_process.ts";
import { test } from "../sanitized.ts";
import { hostStage } from "./host_stage.ts";

const never = new AbortController().signal;
const parts = { version: "0", sessionFolders: true, redact: (text: string) => text };

async function sh(toolbox: Toolbox, command: string, session = "a"): Promise<string> {
  const call = { id: "1", name: "stakpak__run_command", input: { command } };
  return (await toolbox.call(call, { signal: never, session })).text.trim();
}

test("the tools work in the workspace, each session in its folder, with a clean environment", async () => {
  await using stage = await hostStage();
  {
    await using process = await startHostProcess({ ...parts, ...stage, workspace: stage.home }, never);
    assert.equal(await sh(process.toolbox, "pwd"), `${stage.home}/a`);
    const names = (await sh(process.toolbox, "env")).split("\n").map((line) => line.split("=")[0]);
    assert.deepEqual(
      names.filter((name) => /STAKPAK|DENO|DOCKER|KEY|TOKEN/.test(name!)),
      [],
    );
    assert.equal((await stage.instances()).length, 1);
  }
  assert.deepEqual(await stage.instances(), []);
});

test("what a command left running ends with the hold on the tools", async () => {
  await using stage = await hostStage();
  await using process = await startHostProcess({ ...parts, ...stage, workspace: stage.home }, never);
  const call = {
    id: "1",
    name: "stakpak__run_command_task",
    input: { command: "echo $$ > pid; exec sleep 600" },
  };
  await process.toolbox.call(call, { signal: never, session: "a" });
  const pid = await sh(process.toolbox, "until test -s pid; do :; done; cat pid");
  await Deno.stat(`/proc/${pid}`);
  await process[Symbol.asyncDispose]();
  await process.ended;
  await assert.rejects(Deno.stat(`/proc/${pid}`), Deno.errors.NotFound);
});

test("the process ends by itself when nobody holds its lock any more: its supervisor was killed", async () => {
  await using stage = await hostStage();
  const locks: AsyncDisposable[] = [];
  const host: Host = {
    ...stage.host,
    async lock(path, signal) {
      const held = await stage.host.lock(path, signal);
      if (path === `${stage.run}/lock`) return held;
      let given: Promise<void> | undefined;
      const giveBack = () => given ??= Promise.resolve(held[Symbol.asyncDispose]());
      const once = { sign: held.sign, [Symbol.asyncDispose]: giveBack };
      locks.push(once);
      return once;
    },
  };
  await using process = await startHostProcess({ ...parts, ...stage, host, workspace: stage.home }, never);
  await sh(process.toolbox, "true");
  assert.equal(locks.length, 1);
  await locks[0]![Symbol.asyncDispose]();
  assert.equal(await process.ended, 0);
});

test("a program that does not come up is told, with what it printed, and leaves nothing", async () => {
  await using stage = await hostStage();
  const host: Host = { ...stage.host, program: ["sh", "-c", "echo out of order >&2; exit 3"] };
  await assert.rejects(
    startHostProcess({ ...parts, ...stage, host, workspace: stage.home }, never),
    (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /^Cannot start the tools on this machine: .*\n {2}out of order$/);
      return true;
    },
  );
  assert.deepEqual(await stage.instances(), []);
});

test("a start that is cancelled rejects with the signal's reason, and leaves nothing", async () => {
  await using stage = await hostStage();
  const ending = new AbortController();
  const host: Host = {
    ...stage.host,
    program: ["sh", "-c", "sleep 600"],
    stream: (...how) => {
      queueMicrotask(() => ending.abort(new Error("enough")));
      return stage.host.stream(...how);
    },
  };
  await assert.rejects(
    startHostProcess({ ...parts, ...stage, host, workspace: stage.home }, ending.signal),
    /enough/,
  );
  assert.deepEqual(await stage.instances(), []);
});
