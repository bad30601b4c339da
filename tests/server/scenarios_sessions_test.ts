/**
 * What more than one run takes: sessions, profiles that change, keys of idempotency, waiting for a worker.
 *
 * @module
 */
import assert from "node:assert/strict";
import { until } from "../runs_world/await_condition.ts";
import { checkSession } from "../runs_world/check_session.ts";
import { readEvents } from "../runs_world/event_reader.ts";
import { gate } from "../runs_world/gate.ts";
import { inProcessWorld } from "../runs_world/in_process_world.ts";
import { type Scripted, WIRES } from "../runs_world/steps.ts";
import { accepted, call, toolsIn } from "../runs_world/spoken.ts";
import type { World } from "../runs_world/world.ts";
import { profileName } from "../runs_world/world_files.ts";
import { test } from "../sanitized.ts";

let keys = 0;

/** A script, and the text that begins it. */
function scripted({ provider }: World, steps: readonly Scripted[]) {
  const key = `session${++keys}-${crypto.randomUUID().slice(0, 8)}`;
  return { script: provider.script(key, steps), text: `Do it. [[${key}]]` };
}

test("a broken profile, one that is not there and one that nobody may use start no run", async () => {
  await using world = await inProcessWorld();
  const { client, provider, store } = world;
  const sessionId = await client.newSession();
  for (const profile of ["broken", "nobody", "all", "../config"]) {
    const { status, body } = await client.start(sessionId, { text: "Do it.", profile });
    assert.deepEqual([status, body.code], [400, "invalid_profile"], profile);
    assert.match(body.request_id, /^req_[0-9a-f]{32}$/);
  }
  assert.deepEqual([provider.requests.length, store.runs.latest(sessionId)], [0, undefined]);
  assert.deepEqual(store.events.after(sessionId, 0, 100), []);
});

test("a model without a provider, turns beyond the limit and verdicts that are none start no run", async () => {
  await using world = await inProcessWorld();
  const { client, provider } = world;
  const sessionId = await client.newSession();
  const wrong: [Record<string, unknown>, string][] = [
    [{ overrides: { model: "nobody/gpt" } }, "invalid_model"],
    [{ overrides: { max_turns: 0 } }, "invalid_overrides"],
    [{ overrides: { max_turns: 257 } }, "invalid_overrides"],
    [{ overrides: { system_prompt: "x".repeat(32_769) } }, "invalid_overrides"],
    [{ overrides: { auto_approve: "everything" } }, "invalid_overrides"],
    [{ overrides: { auto_approve: ["no_such_tool!"] } }, "invalid_overrides"],
  ];
  for (const [options, code] of wrong) {
    const { status, body } = await client.start(sessionId, { text: "Do it.", ...options });
    assert.deepEqual([status, body.code], [400, code], JSON.stringify(options).slice(0, 100));
  }
  assert.equal(provider.requests.length, 0);
});

test("every run reads the profile anew: an edit counts from the next run on, with no restart", async () => {
  await using world = await inProcessWorld();
  const { client } = world;
  const sessionId = await client.newSession();
  await using events = readEvents(client.url, client.token, sessionId);
  const wanted = [
    { more: "", prompt: /./, model: "claude-sonnet-4-5", tools: true },
    {
      more:
        '[profiles.edited]\nmodel = "anthropic/claude-opus-4-5"\nsystem_prompt = "EDITED-PROMPT"\nallowed_tools = []\n',
      prompt: /EDITED-PROMPT/,
      model: "claude-opus-4-5",
      tools: false,
    },
  ];
  for (const { more, prompt, model, tools } of wanted) {
    await world.writeConfig(more || '[profiles.edited]\nmodel = "anthropic/claude-sonnet-4-5"\n');
    const { script, text } = scripted(world, [{ say: "Done." }]);
    const { status, body } = await client.start(sessionId, { text, profile: "edited" });
    accepted({ status, body });
    await events.end(body.run_id);
    const [request] = script.requests;
    assert.match(JSON.stringify(request!.body.system), prompt);
    assert.equal(request!.body.model, model);
    assert.equal(toolsIn(request!).length > 0, tools);
  }
  await world.writeConfig("[profiles.edited]\nmax_turns = 1000\n");
  const { status, body } = await client.start(sessionId, { text: "Again.", profile: "edited" });
  assert.deepEqual([status, body.code], [400, "invalid_profile"]);
  checkSession(world.store, sessionId, events.seen);
});

test("a session has one run at a time", async () => {
  await using world = await inProcessWorld();
  const { client, provider } = world;
  const sessionId = await client.newSession();
  await using events = readEvents(client.url, client.token, sessionId);
  const held = gate();
  const { text } = scripted(world, [{ say: "Done.", hold: held }]);
  const first = await client.start(sessionId, { text, profile: "anthropic-free" });
  accepted(first);
  const others = await Promise.all(
    Array.from({ length: 5 }, () => client.start(sessionId, { text: "Me, too." })),
  );
  assert.deepEqual(
    others.map(({ status, body }) => [status, body.code]),
    others.map(() => [409, "session_already_running"]),
  );
  held.open();
  await events.end(first.body.run_id);
  assert.equal(provider.requests.length, 1);
  checkSession(world.store, sessionId, events.seen);
});

test("one key of idempotency starts one run, also where two requests come at once", async () => {
  await using world = await inProcessWorld();
  const { client } = world;
  const sessionId = await client.newSession();
  await using events = readEvents(client.url, client.token, sessionId);
  const { text, script } = scripted(world, [{ say: "Once." }]);
  const ask = (text: string) =>
    client.start(sessionId, { text, profile: "anthropic-free", idempotencyKey: "key-1" });
  const answers = await Promise.all([ask(text), ask(text), ask(text)]);
  const [first] = answers.filter(({ status }) => status === 200);
  for (const { status, body } of answers) {
    if (status === 200) assert.deepEqual(body, first!.body);
    else assert.deepEqual([status, body.code], [409, "idempotency_in_progress"]);
  }
  await events.end(first!.body.run_id);
  const again = await ask(text);
  assert.deepEqual([again.status, again.body], [200, first!.body]);
  const other = await ask(`${text} Or not.`);
  assert.deepEqual([other.status, other.body.code], [409, "idempotency_key_reused"]);
  assert.equal(script.requests.length, 1);
  // What failed may be tried again under its key.
  const broken = () => client.start(sessionId, { text: "x", profile: "broken", idempotencyKey: "key-2" });
  assert.deepEqual([(await broken()).status, (await broken()).status], [400, 400]);
  checkSession(world.store, sessionId, events.seen);
});

test("runs beyond the workers wait for one in a fair queue, and can be cancelled there", async () => {
  await using world = await inProcessWorld({ server: "max_parallel_runs = 1" });
  const { client, store } = world;
  const held = gate();
  const begin = async (steps: readonly Scripted[]) => {
    const sessionId = await client.newSession();
    const { script, text } = scripted(world, steps);
    const { status, body } = await client.start(sessionId, { text, profile: "anthropic-free" });
    accepted({ status, body });
    return { sessionId, script, runId: body.run_id as string };
  };
  const first = await begin([{ say: "First.", hold: held }]);
  await held.reached;
  const [second, third, fourth] = [await begin([{ say: "2" }]), await begin([]), await begin([{ say: "4" }])];
  assert.deepEqual([second, third, fourth].map(({ runId }) => store.runs.get(runId)!.state), [
    "queued",
    "queued",
    "queued",
  ]);
  accepted(await client.cancel(third.sessionId, third.runId));
  assert.deepEqual(store.runs.get(third.runId)!.end, { stopped: "cancelled" });
  accepted(await client.send(second.sessionId, second.runId, "steering", "WHILE-QUEUED"));
  held.open();
  for (const { runId } of [first, second, fourth]) {
    await until(`the end of ${runId}`, () => store.runs.get(runId)!.end !== undefined);
    assert.deepEqual(store.runs.get(runId)!.end, { stopped: "completed" });
  }
  assert.match(second.script.requests.map(({ text }) => text).join(), /WHILE-QUEUED/);
  assert.ok(store.runs.get(second.runId)!.endedAt! <= store.runs.get(fourth.runId)!.endedAt!);
  for (const { sessionId } of [first, second, third, fourth]) checkSession(store, sessionId);
});

test("a run that waits for people holds no worker: others go on meanwhile", async () => {
  await using world = await inProcessWorld({ server: "max_parallel_runs = 1" });
  const { client, store } = world;
  const asking = await client.newSession();
  await using events = readEvents(client.url, client.token, asking);
  const parked = scripted(world, [{ calls: [call("run_command", { command: "echo later" }, "c1")] }, {
    say: "Thanks.",
  }]);
  const { body } = await client.start(asking, { text: parked.text, profile: "anthropic-asks" });
  const { fields } = await events.until("waiting_for_tool_approval");
  const other = await client.newSession();
  await using others = readEvents(client.url, client.token, other);
  const quick = scripted(world, [{ say: "Quick." }]);
  const second = await client.start(other, { text: quick.text, profile: "anthropic-free" });
  await others.end(second.body.run_id);
  assert.equal(store.runs.get(body.run_id)!.state, "waiting");
  accepted(
    await client.decide(asking, body.run_id, { [fields.pending_tool_call_ids[0]!]: { action: "accept" } }),
  );
  await events.end(body.run_id);
  checkSession(store, asking, events.seen);
});

test("what the caller adds as context reaches the model in the user's turn, and the conversation goes on", async () => {
  await using world = await inProcessWorld();
  const { client } = world;
  const sessionId = await client.newSession();
  await using events = readEvents(client.url, client.token, sessionId);
  const first = scripted(world, [{ say: "Read." }]);
  const context = [{ name: "alert.json", content: "THE-ALERT" }, { name: "AGENTS.md", content: "OBEY-ME" }];
  const one = await client.start(sessionId, { text: first.text, profile: "openai-chat-free", context });
  accepted(one);
  await events.end(one.body.run_id);
  const messages = first.script.requests[0]!.body.messages as { role: string; content: unknown }[];
  const user = JSON.stringify(messages.filter(({ role }) => role === "user"));
  const system = JSON.stringify(messages.filter(({ role }) => role !== "user"));
  assert.match(user, /THE-ALERT/);
  assert.match(user, /OBEY-ME/);
  assert.doesNotMatch(system, /THE-ALERT|OBEY-ME/);
  const second = scripted(world, [{ say: "Still here." }]);
  const two = await client.start(sessionId, { text: second.text, profile: "openai-chat-free" });
  await events.end(two.body.run_id);
  assert.match(second.script.requests[0]!.text, /THE-ALERT[^]*Read\./);
  checkSession(world.store, sessionId, events.seen);
});

test("what lies in a workspace goes into the user's turn, behind a boundary that nobody can guess, and is named", async () => {
  await using world = await inProcessWorld();
  const { client } = world;
  const sessionId = await client.newSession();
  await using events = readEvents(client.url, client.token, sessionId);
  const first = scripted(world, [
    { calls: [call("create", { path: "AGENTS.md", file_text: "WRITTEN-BY-THE-BOX" }, "c1")] },
    { say: "Done." },
  ]);
  const one = await client.start(sessionId, { text: first.text, profile: "openai-chat-free" });
  await events.end(one.body.run_id);
  const boundaries: string[] = [];
  for (const turn of [1, 2]) {
    const next = scripted(world, [{ say: `Done ${turn}.` }]);
    const { body } = await client.start(sessionId, { text: next.text, profile: "openai-chat-free" });
    await events.end(body.run_id);
    const messages = next.script.requests[0]!.body.messages as { role: string; content: unknown }[];
    const last = JSON.stringify(messages.findLast(({ role }) => role === "user"));
    assert.doesNotMatch(
      JSON.stringify(messages.filter(({ role }) => role === "system")),
      /WRITTEN-BY-THE-BOX/,
    );
    if (!last.includes("WRITTEN-BY-THE-BOX")) continue;
    boundaries.push(last.replace(/WRITTEN-BY-THE-BOX[^]*/, ""));
    const started = events.seen.findLast(({ name }) => name === "run_started")!;
    assert.ok(
      (started.fields as unknown as { workspace_files: string[] }).workspace_files.some((name) =>
        /AGENTS\.md/.test(name)
      ),
    );
  }
  assert.equal(new Set(boundaries).size, boundaries.length);
  checkSession(world.store, sessionId, events.seen);
});

test("a provider that says nothing is asked again, and what it said before counts for nothing", async () => {
  await using world = await inProcessWorld({ gateway: { silenceMs: 200 } });
  const { client } = world;
  for (const wire of WIRES) {
    const sessionId = await client.newSession();
    await using events = readEvents(client.url, client.token, sessionId);
    const { script, text } = scripted(world, [{ silent: true }, { say: "Here." }]);
    const { body } = await client.start(sessionId, { text, profile: profileName(wire, "free") });
    const { fields } = await events.end(body.run_id);
    assert.equal("stop_reason" in fields && fields.stop_reason, "completed");
    const retry = await events.until("retry_attempt");
    assert.match(retry.fields.reason, /nothing|silen/i);
    await script.requests[0]!.closed;
    assert.deepEqual([script.requests.length, script.requests[0]!.gone()], [2, true]);
    checkSession(world.store, sessionId, events.seen);
  }
});

test("a day's budget is kept over sessions: what could exceed it is not asked", async () => {
  await using world = await inProcessWorld({ autopilot: "[budget]\ntokens_per_day = 200000\n", budget: "" });
  const { client, store } = world;
  const ends = [];
  for (const usage of [{ input: 199_000, output: 900 }, { input: 1, output: 1 }]) {
    const sessionId = await client.newSession();
    const { text } = scripted(world, [{ say: "Spent.", usage }]);
    const { body } = await client.start(sessionId, { text, profile: "anthropic-free" });
    await until("its end", () => store.runs.get(body.run_id)!.end !== undefined);
    ends.push(store.runs.get(body.run_id)!.end);
    checkSession(store, sessionId);
  }
  assert.deepEqual(ends[0], { stopped: "completed" });
  assert.ok(ends[1] && "failed" in ends[1] && ends[1].failed === "budget_exceeded", JSON.stringify(ends[1]));
  assert.equal(world.provider.requests.length, 1);
});
