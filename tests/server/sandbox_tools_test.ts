import assert from "node:assert/strict";
import { UserError } from "../../src/domain/error.ts";
import type { SandboxSource } from "../../src/sandbox/source.ts";
import { ownTools } from "../../src/server/own_tools.ts";
import { sandboxTools } from "../../src/server/sandbox_tools.ts";
import { inProcessBoxes } from "../runs_world/in_process_boxes.ts";
import { test } from "../sanitized.ts";

const never = new AbortController().signal;

async function stage(mode: "persistent" | "ephemeral") {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  const boxes = inProcessBoxes(folder);
  const source: SandboxSource = { ...boxes, state: () => ({ ...boxes.state(), mode }) };
  const lines: string[] = [];
  const asked = { sources: 0 };
  const open = (from = source) =>
    sandboxTools({
      sessionId: "a",
      source: () => (asked.sources++, Promise.resolve(from)),
      log: (line) => lines.push(line),
    });
  return {
    boxes,
    source,
    lines,
    asked,
    open,
    async [Symbol.asyncDispose]() {
      await boxes[Symbol.asyncDispose]();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

const run = (command: string) => ({ id: "1", name: "stakpak__run_command", input: { command } });

test("nothing is started before a tool is needed", async () => {
  await using staged = await stage("persistent");
  await using tools = staged.open();
  assert.deepEqual([tools.place, staged.asked.sources, staged.boxes.leases.taken], ["sandbox", 0, 0]);
  assert.deepEqual([tools.isOurs("stakpak__view"), tools.isOurs("paks__view")], [true, false]);
});

test("a shared box is asked for its tools and for what lies there; the hold on it ends with the session's", async () => {
  await using staged = await stage("persistent");
  {
    await using tools = staged.open();
    assert.ok((await tools.list(never)).some(({ name }) => name === "stakpak__view"));
    assert.ok((await tools.workspace(never)).some(({ name }) => name === "working folder"));
    assert.equal((await tools.call(run("echo hello"), { signal: never })).text.trim(), "hello");
    assert.deepEqual(staged.boxes.leases, { taken: 1, given: 0 });
  }
  assert.deepEqual(staged.boxes.leases, { taken: 1, given: 1 });
});

test("a box of one's own is made by the first call: until then its tools are known, and nothing of it is told", async () => {
  await using staged = await stage("ephemeral");
  await using tools = staged.open();
  assert.deepEqual(await tools.list(never), ownTools());
  assert.deepEqual(await tools.workspace(never), []);
  assert.equal(staged.boxes.leases.taken, 0);
  await tools.call(run("true"), { signal: never });
  assert.equal(staged.boxes.leases.taken, 1);
  assert.ok((await tools.workspace(never)).length > 0);
  assert.deepEqual(staged.lines, []);
});

test("a box that lacks tools of ours is told, once", async () => {
  await using staged = await stage("ephemeral");
  const source: SandboxSource = {
    ...staged.source,
    lease: async (id, signal) => {
      const lease = await staged.boxes.lease(id, signal);
      return { ...lease, list: async (signal) => (await lease.list(signal)).slice(0, -1) };
    },
  };
  await using tools = staged.open(source);
  await Promise.all([tools.call(run("true"), { signal: never }), tools.call(run("true"), { signal: never })]);
  assert.deepEqual(staged.lines, [`Sandbox: the box of session a lacks ${ownTools().at(-1)!.name}`]);
});

test("a session without a sandbox to be had is told why, each time anew", async () => {
  await using staged = await stage("persistent");
  await using tools = staged.open();
  staged.boxes.refuse("Cannot start a sandbox: no room");
  await assert.rejects(tools.list(never), UserError);
  await assert.rejects(tools.call(run("true"), { signal: never }), /no room/);
  staged.boxes.refuse(undefined);
  assert.ok((await tools.list(never)).length > 0);
});
