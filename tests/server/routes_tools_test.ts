// deno-lint-ignore-file camelcase -- the fields are those of the wire
import { deepEqual, equal, match } from "node:assert/strict";
import { test } from "../sanitized.ts";
import { httpStage, newSession } from "./http_stage.ts";
import { begun, pendingCall } from "./temp_store.ts";

test("the calls that wait are told with their run, and none where nothing waits", async () => {
  await using stage = await httpStage();
  const id = await newSession(stage);
  deepEqual((await stage.ask("GET", `/v1/sessions/${id}/tools/pending`)).body, {
    run_id: null,
    tool_calls: [],
  });
  const run = begun(stage.temp.store);
  stage.temp.store.calls.add(pendingCall(run));
  deepEqual((await stage.ask("GET", `/v1/sessions/${run.sessionId}/tools/pending`)).body, {
    run_id: run.runId,
    tool_calls: [{
      id: "toolu_01",
      name: "stakpak__run_command",
      arguments: { command: "systemctl restart web" },
    }],
  });
  const unknown = await stage.ask("GET", `/v1/sessions/${crypto.randomUUID()}/tools/pending`);
  deepEqual([unknown.status, unknown.body.code], [404, "not_found"]);
});

test("one call is decided by its id, whatever that is made of", async () => {
  await using stage = await httpStage();
  const run = begun(stage.temp.store);
  stage.temp.store.calls.add(pendingCall(run, { callId: "call 0/ä" }));
  const path = `/v1/sessions/${run.sessionId}/tools/${encodeURIComponent("call 0/ä")}/decision`;
  const { status, body } = await stage.ask("POST", path, { run_id: run.runId, action: "accept" });
  deepEqual([status, body], [200, { accepted: true, run_id: run.runId }]);
  deepEqual(stage.runs.asked, [{
    decide: { ...run, decisions: { "call 0/ä": { action: "accept" } }, by: "api" },
  }]);
});

test("several are decided at once, by either name, and what is said with a decision is told on", async () => {
  await using stage = await httpStage();
  for (const name of ["decisions", "resolve"]) {
    stage.runs.asked.length = 0;
    const run = begun(stage.temp.store);
    for (const [at, callId] of ["a", "b"].entries()) {
      const id = `call_${name === "resolve" ? "1" : "2"}${at}`;
      stage.temp.store.calls.add(pendingCall(run, { id, callId, position: at }));
    }
    const decisions = {
      a: { action: "reject", content: "not at night" },
      b: { action: "custom_result", content: "it is up" },
    };
    const { status, body } = await stage.ask("POST", `/v1/sessions/${run.sessionId}/tools/${name}`, {
      run_id: run.runId,
      decisions,
    });
    deepEqual([status, body], [200, { accepted: true, run_id: run.runId }]);
    deepEqual(stage.runs.asked, [{
      decide: {
        ...run,
        decisions: {
          a: { action: "reject", reason: "not at night" },
          b: { action: "custom_result", content: "it is up" },
        },
        by: "api",
      },
    }]);
  }
});

test("a decision that lacks its content, or has one for nothing, is refused before anything is decided", async () => {
  await using stage = await httpStage();
  const { sessionId, runId } = begun(stage.temp.store);
  const path = `/v1/sessions/${sessionId}/tools/decisions`;
  const cases: [Record<string, unknown>, RegExp][] = [
    [{ action: "custom_result" }, /^custom_result requires content$/],
    [{ action: "accept", content: "x" }, /^accept takes no content/],
    [
      { action: "approve" },
      /^decisions\.a\.action is "approve", must be "accept" or "reject" or "custom_result"$/,
    ],
    [{ action: "reject", reason: "x" }, /^decisions\.a: unknown field "reason"$/],
  ];
  for (const [decision, wanted] of cases) {
    const { status, body } = await stage.ask("POST", path, { run_id: runId, decisions: { a: decision } });
    deepEqual([status, body.code], [400, "invalid_request"]);
    match(body.error, wanted);
  }
  equal(stage.runs.asked.length, 0);
});

test("a call that is not pending is 404", async () => {
  await using stage = await httpStage();
  const { sessionId, runId } = begun(stage.temp.store);
  const path = `/v1/sessions/${sessionId}/tools/nothing/decision`;
  const { status, body } = await stage.ask("POST", path, { run_id: runId, action: "accept" });
  deepEqual([status, body.code], [404, "unknown_tool_call"]);
});

test("a key used with decisions counts for resolve as well", async () => {
  await using stage = await httpStage();
  const run = begun(stage.temp.store);
  stage.temp.store.calls.add(pendingCall(run));
  const body = { run_id: run.runId, decisions: { toolu_01: { action: "accept" } } };
  const asked = (name: string) =>
    stage.ask("POST", `/v1/sessions/${run.sessionId}/tools/${name}`, body, { "idempotency-key": "k" });
  deepEqual([(await asked("decisions")).status, (await asked("resolve")).status], [200, 200]);
  equal(stage.runs.asked.length, 1);
});
