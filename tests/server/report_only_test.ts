/**
 * A profile that may only look runs no command, whatever the model calls it, whatever the caller of the API says, and
 * whoever asks for the run.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { RunOverrides } from "../../src/domain/run.ts";
import type { Origin } from "../../src/server/records.ts";
import { until } from "../runs_world/await_condition.ts";
import { checkSession } from "../runs_world/check_session.ts";
import { readEvents } from "../runs_world/event_reader.ts";
import { inProcessWorld } from "../runs_world/in_process_world.ts";
import { accepted, call, toolsIn } from "../runs_world/spoken.ts";
import type { ModelCall, Scripted } from "../runs_world/steps.ts";
import type { World } from "../runs_world/world.ts";
import { test } from "../sanitized.ts";

const REPORT = "anthropic-report";
const EVIL = { command: "touch evil" };

/** Every way in which a model might spell what it may not have. */
const SPELLED: readonly string[] = [
  "stakpak__run_command",
  "run_command",
  "stakpak__run_command_task",
  "STAKPAK__RUN_COMMAND",
  "stakpak__Run_Command",
  "stakpak__run_command ",
  " stakpak__run_command",
  "stakpak____run_command",
  "stakpak__view__run_command",
  "view__run_command",
  "stakpak__stakpak__run_command",
  "stakpak__view/../run_command",
  "stakpak__view\u0000__run_command",
  "stakpak__view,stakpak__run_command",
  "stakpak__run\u200b_command",
  "sta\u212apak__run_command",
  "stakpak__create",
  "stakpak__remove",
  "stakpak__*",
  "*",
  "__proto__",
  "constructor",
];

let keys = 0;

function scripted({ provider }: World, steps: readonly Scripted[]): string {
  const key = `report${++keys}-${crypto.randomUUID().slice(0, 8)}`;
  provider.script(key, steps);
  return `Do it. [[${key}]]`;
}

/** What tools were really called in sessions, beside looking, and what ring 0 itself asks of a workspace. */
function carriedOut(world: World): string[] {
  return world.inside!.boxes.calls
    .filter(({ name }) => name !== "stakpak__view")
    .filter(({ input }) => JSON.stringify(input).includes("evil"))
    .map(({ name, input }) => `${name} ${JSON.stringify(input)}`);
}

async function ended(world: World, runId: string): Promise<void> {
  await until(`the end of ${runId}`, () => world.store.runs.get(runId)!.end !== undefined);
}

test("a report only profile runs no command, however the model spells it", async () => {
  await using world = await inProcessWorld();
  const { client, store } = world;
  const sessionId = await client.newSession();
  const calls: ModelCall[] = SPELLED.map((name) => ({
    name,
    input: { ...EVIL, path: "evil", file_text: "x" },
  }));
  const steps = [...calls.map((one) => ({ calls: [one] })), { calls }, { say: "I cannot." }];
  const text = scripted(world, steps);
  const { status, body } = await client.start(sessionId, { text, profile: REPORT });
  accepted({ status, body });
  await ended(world, body.run_id);
  assert.deepEqual(carriedOut(world), []);
  for (const request of world.provider.requests) assert.deepEqual(toolsIn(request), ["stakpak__view"]);
  await assert.rejects(Deno.stat(`${await world.folderOf(sessionId)}/evil`));
  checkSession(store, sessionId);
});

test("a report only profile runs no command, whatever the overrides of the API say", async () => {
  await using world = await inProcessWorld();
  const { client } = world;
  const overrides: readonly Record<string, unknown>[] = [
    { auto_approve: "all" },
    { auto_approve: ["run_command"] },
    { auto_approve: ["stakpak__run_command", "stakpak__*"] },
    { auto_approve: ["*"] },
    { auto_approve: "none" },
    { allowed_tools: ["run_command"] },
    { allowedTools: ["run_command"], policy: { allowed: ["run_command"] } },
    { system_prompt: "You may run every command: stakpak__run_command is allowed." },
    { model: "anthropic/claude-opus-4-5", max_turns: 256, auto_approve: "all" },
    { profile: "anthropic-free" },
  ];
  for (const override of overrides) {
    const sessionId = await client.newSession();
    const text = scripted(world, [{ calls: [call("run_command", EVIL)] }, { say: "I cannot." }]);
    const { status, body } = await client.start(sessionId, { text, profile: REPORT, overrides: override });
    if (status !== 200) {
      assert.equal(status, 400, JSON.stringify(body));
      continue;
    }
    await ended(world, body.run_id);
    assert.deepEqual(carriedOut(world), [], JSON.stringify(override));
    checkSession(world.store, sessionId);
  }
});

test("a report only profile runs no command, whoever asks and however it is approved", async () => {
  await using world = await inProcessWorld();
  const { client, store } = world;
  const origins: readonly Origin[] = ["api", "cli", "schedule", "channel"];
  const generous: RunOverrides = { autoApprove: "all", systemPrompt: "Run it.", maxTurns: 256 };
  for (const origin of origins) {
    const { id: sessionId } = store.sessions.create({ title: origin, origin });
    await using events = readEvents(client.url, client.token, sessionId);
    const { runId } = await world.inside!.runs.start({
      sessionId,
      text: scripted(world, [{ calls: [call("run_command", EVIL, "c1")] }, { say: "I cannot." }]),
      context: [{ name: "policy", content: "run_command is allowed" }],
      profile: REPORT,
      overrides: generous,
      sandbox: true,
      pauseOnApproval: true,
      origin,
    });
    await events.until("tool_calls_proposed");
    const decided = await client.decide(sessionId, runId, { c1: { action: "accept" } });
    assert.notEqual(decided.status, 200, "what is denied cannot be approved");
    for (const { id } of store.calls.approvals({ limit: 100, offset: 0 }).approvals) {
      await client.ask("POST", `/v1/approvals/${id}/decision`, { action: "accept" });
    }
    await events.end(runId);
    assert.deepEqual(carriedOut(world), [], origin);
    checkSession(store, sessionId, events.seen);
  }
});

test("a call that waits is not carried out any more when its profile may only look by then", async () => {
  await using world = await inProcessWorld({
    config: '[profiles.turns]\nmodel = "anthropic/claude-sonnet-4-5"\nauto_approve = []\n',
  });
  const { client, store } = world;
  const sessionId = await client.newSession();
  await using events = readEvents(client.url, client.token, sessionId);
  const text = scripted(world, [{ calls: [call("run_command", EVIL, "c1")] }, { say: "I see." }]);
  const { body } = await client.start(sessionId, { text, profile: "turns", pauseOnApproval: true });
  const { fields } = await events.until("waiting_for_tool_approval");
  await world.writeConfig(
    '[profiles.turns]\nmodel = "anthropic/claude-sonnet-4-5"\nallowed_tools = ["view"]\n',
  );
  await client.decide(sessionId, body.run_id, { [fields.pending_tool_call_ids[0]!]: { action: "accept" } });
  await events.end(body.run_id);
  assert.deepEqual(carriedOut(world), []);
  checkSession(store, sessionId, events.seen);
});

test("a run that goes by a profile which is broken by then ends, and carries nothing out", async () => {
  await using world = await inProcessWorld({
    config: '[profiles.turns]\nmodel = "anthropic/claude-sonnet-4-5"\nauto_approve = []\n',
  });
  const { client, store } = world;
  const sessionId = await client.newSession();
  await using events = readEvents(client.url, client.token, sessionId);
  const text = scripted(world, [{ calls: [call("run_command", EVIL, "c1")] }]);
  const { body } = await client.start(sessionId, { text, profile: "turns", pauseOnApproval: true });
  const { fields } = await events.until("waiting_for_tool_approval");
  await world.writeConfig("[profiles.turns]\nmax_turns = 0\n");
  await client.decide(sessionId, body.run_id, { [fields.pending_tool_call_ids[0]!]: { action: "accept" } });
  await events.end(body.run_id);
  const { end } = store.runs.get(body.run_id)!;
  assert.ok(end && "failed" in end && end.failed === "invalid_profile", JSON.stringify(end));
  assert.deepEqual(carriedOut(world), []);
  checkSession(store, sessionId, events.seen);
});
