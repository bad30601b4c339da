// deno-lint-ignore-file camelcase -- the fields are those of the wire
import { deepEqual, equal, match } from "node:assert/strict";
import { ApiError } from "../../src/server/api_error.ts";
import { test } from "../sanitized.ts";
import { httpStage, newSession } from "./http_stage.ts";
import { begun, turn } from "./temp_store.ts";

const said = (content: unknown) => ({ message: { role: "user", content } });

test("a message starts a run with what was asked, tools and the wait for approvals on", async () => {
  await using stage = await httpStage();
  const id = await newSession(stage);
  stage.temp.store.events.append(id, undefined, turn(1));
  const { status, body } = await stage.ask("POST", `/v1/sessions/${id}/messages`, said("restart it"));
  deepEqual([status, body.cursor], [200, 1]);
  equal(body.run_id, stage.temp.store.runs.active(id)?.id);
  deepEqual(stage.runs.asked, [{
    start: {
      sessionId: id,
      text: "restart it",
      context: [],
      overrides: {},
      sandbox: true,
      pauseOnApproval: true,
      origin: "api",
    },
  }]);
});

test("every choice of a caller reaches the run", async () => {
  await using stage = await httpStage();
  const id = await newSession(stage);
  const { status } = await stage.ask("POST", `/v1/sessions/${id}/messages`, {
    message: {
      role: "user",
      content: [{ type: "text", text: "a" }, { type: "text", text: "b" }],
      name: null,
      provider_options: { anthropic: { cache_control: { type: "ephemeral" } } },
    },
    type: "message",
    profile: "ops",
    model: "openai/gpt-5",
    sandbox: false,
    pause_on_approval: false,
    context: [{ name: " notes ", content: "x", priority: "high" }, { name: "blank", content: " " }],
    overrides: { model: "a/b", auto_approve: ["view"], system_prompt: "Be brief.", max_turns: 3 },
  });
  equal(status, 200);
  deepEqual(stage.runs.asked, [{
    start: {
      sessionId: id,
      text: "ab",
      profile: "ops",
      model: "openai/gpt-5",
      context: [{ name: "notes", content: "x", priority: "high" }],
      overrides: {
        model: "a/b",
        autoApprove: ["stakpak__view"],
        systemPrompt: "Be brief.",
        maxTurns: 3,
      },
      sandbox: false,
      pauseOnApproval: false,
      origin: "api",
    },
  }]);
});

test("steering and follow-ups go to the run that is named", async () => {
  await using stage = await httpStage();
  const { sessionId, runId } = begun(stage.temp.store);
  for (const type of ["steering", "follow_up"]) {
    const body = { ...said("faster"), type, run_id: runId };
    const answer = await stage.ask("POST", `/v1/sessions/${sessionId}/messages`, body);
    deepEqual([answer.status, answer.body], [200, { run_id: runId, cursor: 0 }]);
  }
  deepEqual(stage.runs.asked, [
    { send: { sessionId, runId, kind: "steering", text: "faster" } },
    { send: { sessionId, runId, kind: "follow_up", text: "faster" } },
  ]);
});

test("each wrong message is refused with its own code", async () => {
  await using stage = await httpStage();
  const id = await newSession(stage);
  const other = crypto.randomUUID();
  const cases: [Record<string, unknown>, number, string, RegExp][] = [
    [
      { message: { role: "assistant", content: "x" } },
      400,
      "invalid_message_role",
      /^message\.role must be 'user'/,
    ],
    [{}, 400, "invalid_request", /^message is missing/],
    [said(""), 400, "invalid_request", /^message\.content says nothing$/],
    [
      said([{ type: "image", url: "x" }]),
      400,
      "invalid_request",
      /^message\.content .* list of parts of type text/,
    ],
    [
      { ...said("x"), overides: {} },
      400,
      "invalid_request",
      /^unknown field "overides": did you mean "overrides"\?$/,
    ],
    [
      { ...said("x"), overrides: { max_turns: 0 } },
      400,
      "invalid_overrides",
      /^max_turns must be between 1 and 256$/,
    ],
    [{ ...said("x"), overrides: { max_turns: 257 } }, 400, "invalid_overrides", /^max_turns must be between/],
    [{ ...said("x"), overrides: { max_turns: 1.5 } }, 400, "invalid_overrides", /^max_turns must be between/],
    [
      { ...said("x"), overrides: { system_prompt: "x".repeat(32_769) } },
      400,
      "invalid_overrides",
      /^system_prompt exceeds maximum length$/,
    ],
    [
      { ...said("x"), overrides: { auto_approve: "custom" } },
      400,
      "invalid_overrides",
      /^auto_approve must be "all"/,
    ],
    [
      { ...said("x"), overrides: { auto_approve: ["vi ew"] } },
      400,
      "invalid_overrides",
      /^auto_approve\[0\]/,
    ],
    [
      { ...said("x"), overrides: { turns: 1 } },
      400,
      "invalid_overrides",
      /^overrides: unknown field "turns"/,
    ],
    [
      { ...said("x"), context: Array(33).fill({ name: "a", content: "b" }) },
      400,
      "invalid_context",
      /^context can include at most 32 entries$/,
    ],
    [{ ...said("x"), context: [{ name: "a" }] }, 400, "invalid_context", /^context\[0\]\.content is missing/],
    [{ ...said("x"), type: "note" }, 400, "invalid_request", /^type is "note", must be/],
    [{ ...said("x"), type: "steering" }, 409, "run_mismatch", /^run_id is required for steering\/follow_up$/],
    [{ ...said("x"), type: "steering", run_id: other }, 409, "session_not_running", /no active run/],
    [
      { ...said("x"), type: "follow_up", run_id: other, profile: "ops" },
      400,
      "invalid_request",
      /^profile is for a new run: leave it out with type follow_up$/,
    ],
  ];
  for (const [body, status, code, wanted] of cases) {
    const answer = await stage.ask("POST", `/v1/sessions/${id}/messages`, body);
    deepEqual([answer.body.code, answer.status], [code, status], answer.text);
    match(answer.body.error, wanted);
  }
});

test("limits are exact: 256 turns, and 32,768 characters however they are encoded", async () => {
  await using stage = await httpStage();
  for (
    const overrides of [{ max_turns: 1 }, { max_turns: 256 }, { system_prompt: "\u{1f980}".repeat(32_768) }]
  ) {
    const id = await newSession(stage);
    equal((await stage.ask("POST", `/v1/sessions/${id}/messages`, { ...said("x"), overrides })).status, 200);
  }
});

test("a session that does not exist is told before anything about the body", async () => {
  await using stage = await httpStage();
  const { status, body } = await stage.ask("POST", `/v1/sessions/${crypto.randomUUID()}/messages`, {});
  deepEqual([status, body.code], [404, "not_found"]);
});

test("a run id that is not the active one's is a mismatch, the active one's or none is a run too many", async () => {
  await using stage = await httpStage();
  const { sessionId, runId } = begun(stage.temp.store);
  const codes = [];
  for (const run_id of [crypto.randomUUID(), runId, undefined]) {
    const answer = await stage.ask("POST", `/v1/sessions/${sessionId}/messages`, { ...said("x"), run_id });
    codes.push([answer.status, answer.body.code]);
  }
  deepEqual(codes, [
    [409, "run_mismatch"],
    [409, "session_already_running"],
    [409, "session_already_running"],
  ]);
});

test("what the runs refuse is told as they said it", async () => {
  await using stage = await httpStage();
  const id = await newSession(stage);
  stage.runs.fails = new ApiError(
    400,
    "invalid_profile",
    'Cannot load profile "opps"',
    'did you mean "ops"?',
  );
  const { status, body } = await stage.ask("POST", `/v1/sessions/${id}/messages`, said("x"));
  equal(status, 400);
  deepEqual([body.code, body.error, body.hint], [
    "invalid_profile",
    'Cannot load profile "opps"',
    'did you mean "ops"?',
  ]);
});

test("the conversation is told in pages, oldest or newest first, with all kinds of messages", async () => {
  await using stage = await httpStage();
  const { store } = stage.temp;
  const { sessionId, runId } = begun(store);
  const call = { id: "toolu_1", name: "stakpak__view", input: { path: "/etc/hosts" } };
  store.messages.append(sessionId, runId, { role: "user", text: "look" });
  store.messages.append(sessionId, runId, {
    role: "assistant",
    parts: [
      { type: "reasoning", text: "hm" },
      { type: "tool_call", call, providerMetadata: { signature: "s" } },
    ],
  });
  store.messages.append(sessionId, runId, {
    role: "tool",
    results: [{ callId: "toolu_1", text: "127.0.0.1 localhost", isError: false }],
  });
  store.messages.append(sessionId, runId, { role: "assistant", parts: [{ type: "text", text: "done" }] });
  const all = await stage.ask("GET", `/v1/sessions/${sessionId}/messages`);
  deepEqual(all.body, {
    messages: [
      { role: "user", content: "look" },
      {
        role: "assistant",
        content: [
          { type: "reasoning", text: "hm" },
          {
            type: "tool_call",
            id: "toolu_1",
            name: "stakpak__view",
            arguments: { path: "/etc/hosts" },
            metadata: { signature: "s" },
          },
        ],
      },
      {
        role: "tool",
        content: [{
          type: "tool_result",
          tool_call_id: "toolu_1",
          content: "127.0.0.1 localhost",
          is_error: false,
        }],
      },
      { role: "assistant", content: "done" },
    ],
    total: 4,
  });
  const newest = await stage.ask("GET", `/v1/sessions/${sessionId}/messages?order=newest&limit=1`);
  deepEqual(newest.body, { messages: [{ role: "assistant", content: "done" }], total: 4 });
  const beyond = await stage.ask("GET", `/v1/sessions/${sessionId}/messages?offset=9`);
  deepEqual(beyond.body, { messages: [], total: 4 });
});
