/**
 * A worker of ring 1 that is not ours any more: it holds the grants that ours holds, and says and tries what it likes.
 * Its own run ends; nothing else changes.
 *
 * @module
 */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { RunEnd } from "../../src/domain/run_end.ts";
import { workersOf } from "../../src/host/deno_worker.ts";
import { runs } from "../runs.ts";
import { until } from "../runs_world/await_condition.ts";
import { checkSession } from "../runs_world/check_session.ts";
import { type EventReader, readEvents } from "../runs_world/event_reader.ts";
import { ATTACKS } from "../runs_world/hostile_attacks.ts";
import { inProcessWorld } from "../runs_world/in_process_world.ts";
import { accepted, begun, call, letGo, waiting } from "../runs_world/spoken.ts";
import type { World } from "../runs_world/world.ts";
import { test } from "../sanitized.ts";

const HOSTILE = workersOf(new URL("../runs_world/hostile_agent.ts", import.meta.url).href);
const FULL = runs(20) === 20;

let keys = 0;

interface Begun {
  readonly sessionId: string;
  readonly runId: string;
  readonly folder: string;
}

async function begin(world: World, text: string, profile = "anthropic-free"): Promise<Begun> {
  const sessionId = await world.client.newSession();
  const { status, body } = await world.client.start(sessionId, { text, profile });
  accepted({ status, body });
  return { sessionId, runId: body.run_id, folder: await world.folderOf(sessionId) };
}

/** Runs that are under way while another one is attacked from within. */
interface Bystanders extends AsyncDisposable {
  /** They are as they were, and go on to their ends. */
  unharmed(): Promise<void>;
  readonly asking: Begun;
}

async function bystanders(world: World): Promise<Bystanders> {
  const { client, store, provider } = world;
  const [asks, works, rests] = ["asks", "works", "rests"].map((name) => `${name}${++keys}`);
  provider.script(asks!, [{ calls: [call("run_command", { command: "echo x >> asked.count" }, "c1")] }, {
    say: "Thanks.",
  }]);
  provider.script(works!, [{ calls: [waiting("working")] }, { say: "Done." }]);
  provider.script(rests!, [{ say: "Rested." }]);
  const asking = await begin(world, `Ask. [[${asks}]]`, "anthropic-asks");
  const working = await begin(world, `Work. [[${works}]]`);
  const resting = await begin(world, `Rest. [[${rests}]]`);
  const readers: EventReader[] = [asking, working, resting].map(({ sessionId }) =>
    readEvents(client.url, client.token, sessionId)
  );
  const { fields } = await readers[0]!.until("waiting_for_tool_approval");
  await begun(working as never, "working");
  await readers[2]!.end(resting.runId);
  const rested = JSON.stringify([
    store.events.after(resting.sessionId, 0, 1_000),
    store.messages.all(resting.sessionId),
  ]);
  const pending = JSON.stringify(store.calls.pending(asking.sessionId));
  return {
    asking,
    async unharmed() {
      assert.equal(JSON.stringify(store.calls.pending(asking.sessionId)), pending);
      assert.equal(store.runs.get(working.runId)!.state, "running");
      await letGo(working as never, "working");
      accepted(
        await client.decide(asking.sessionId, asking.runId, {
          [fields.pending_tool_call_ids[0]!]: { action: "accept" },
        }),
      );
      await Promise.all([readers[0]!.end(asking.runId), readers[1]!.end(working.runId)]);
      assert.deepEqual(store.runs.get(asking.runId)!.end, { stopped: "completed" });
      assert.deepEqual(store.runs.get(working.runId)!.end, { stopped: "completed" });
      assert.equal(
        JSON.stringify([
          store.events.after(resting.sessionId, 0, 1_000),
          store.messages.all(resting.sessionId),
        ]),
        rested,
      );
      for (const { sessionId } of [asking, working, resting]) checkSession(store, sessionId);
    },
    async [Symbol.asyncDispose]() {
      for (const reader of readers) await reader[Symbol.asyncDispose]();
    },
  };
}

async function ended({ store }: World, { runId }: Begun): Promise<RunEnd> {
  await until(`the end of ${runId}`, () => store.runs.get(runId)!.end !== undefined);
  return store.runs.get(runId)!.end!;
}

function some(names: readonly string[]): readonly string[] {
  return FULL ? names : names.filter((_, index) => index % 2 === 0);
}

test("whatever a worker says, only its own run ends", async ({ step }) => {
  await using world = await inProcessWorld({ startWorker: HOSTILE });
  await using others = await bystanders(world);
  const asked = world.provider.requests.length;
  for (const name of some(ATTACKS.words)) {
    await step(name, async () => {
      const run = await begin(world, `[attack ${name}|${others.asking.runId}]`);
      const end = await ended(world, run);
      // One that has grown too large is ended after its answer, and that counts.
      assert.ok("failed" in end || name.includes("300 MiB"), `${name}: ${JSON.stringify(end)}`);
      checkSession(world.store, run.sessionId);
      // What was a call of its own is carried out as that, once.
      const carried = world.inside!.boxes.calls.filter(({ sessionId, name }) =>
        sessionId === run.sessionId && name === "stakpak__run_command"
      ).filter(({ input }) => JSON.stringify(input).includes("touch t"));
      assert.ok(carried.length <= (name === "answers twice" ? 1 : 0), `${carried.length} calls`);
    });
  }
  assert.equal(world.provider.requests.length, asked);
  await others.unharmed();
  assert.equal(({} as { polluted?: unknown }).polluted, undefined);
});

test("whatever a worker asks of the gateway, it reaches no other door than its model's", async ({ step }) => {
  const reached: string[] = [];
  const trap = createServer((request, response) => {
    reached.push(`${request.method} ${request.url}`);
    response.end();
  });
  trap.listen(0, "127.0.0.1");
  await new Promise((resolve) => trap.once("listening", resolve));
  const address = `http://127.0.0.1:${(trap.address() as AddressInfo).port}`;
  try {
    await using world = await inProcessWorld({ startWorker: HOSTILE });
    await using others = await bystanders(world);
    const asked = world.provider.requests.length;
    for (const name of some(ATTACKS.door)) {
      await step(name, async () => {
        const run = await begin(world, `[attack ${name}|${address}/v1/messages]`);
        const end = await ended(world, run);
        assert.ok("failed" in end, `${name}: ${JSON.stringify(end)}`);
        checkSession(world.store, run.sessionId);
      });
    }
    const more = world.provider.requests.slice(asked).map(({ method, path }) => `${method} ${path}`);
    assert.deepEqual([...new Set(more)].filter((door) => door !== "POST /v1/messages"), []);
    assert.ok(world.provider.requests.every(({ text }) => !text.includes(address)));
    assert.deepEqual(reached, []);
    await others.unharmed();
  } finally {
    trap.closeAllConnections();
    trap.close();
  }
});

test("a worker has no variable, file, process, address or library", async () => {
  const trap = createServer((_, response) => response.end());
  trap.listen(0, "127.0.0.1");
  await new Promise((resolve) => trap.once("listening", resolve));
  const address = `http://127.0.0.1:${(trap.address() as AddressInfo).port}`;
  try {
    await using world = await inProcessWorld({ startWorker: HOSTILE });
    await using others = await bystanders(world);
    const run = await begin(world, `[attack hands|${address}|${world.home}]`);
    const end = await ended(world, run);
    assert.ok("failed" in end && end.error.includes("GOT []"), JSON.stringify(end));
    await assert.rejects(Deno.stat(`${world.home}/evil`));
    await others.unharmed();
  } finally {
    trap.closeAllConnections();
    trap.close();
  }
});

test("a worker that spins, hoards, leaves or exits is cancelled or fails; the others go on", async ({ step }) => {
  await using world = await inProcessWorld({ startWorker: HOSTILE });
  await using others = await bystanders(world);
  for (const name of ATTACKS.presence) {
    await step(name, async () => {
      const run = await begin(world, `[attack ${name}]`);
      await until("its start", () => world.store.runs.get(run.runId)!.state === "running");
      accepted(await world.client.cancel(run.sessionId, run.runId));
      assert.deepEqual(await ended(world, run), { stopped: "cancelled" });
      checkSession(world.store, run.sessionId);
    });
  }
  await others.unharmed();
});

// It takes a minute.
const soakTest = FULL ? test : () => {};

soakTest("a worker that says nothing is found out without anybody's help", async () => {
  await using world = await inProcessWorld({ startWorker: HOSTILE });
  await using others = await bystanders(world);
  const mute = await Promise.all(ATTACKS.presence.map((name) => begin(world, `[attack ${name}]`)));
  for (const run of mute) {
    await until("its end", () => world.store.runs.get(run.runId)!.end !== undefined, 9_000);
    const end = world.store.runs.get(run.runId)!.end!;
    assert.ok("failed" in end && end.failed === "worker_failed", JSON.stringify(end));
  }
  await others.unharmed();
});
