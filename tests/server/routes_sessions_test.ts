// deno-lint-ignore-file camelcase -- the fields are those of the wire
import { deepEqual, equal, match } from "node:assert/strict";
import { test } from "../sanitized.ts";
import { httpStage, newSession } from "./http_stage.ts";
import { begun, turn } from "./temp_store.ts";

test("a session is made, shown, changed and deleted for good", async () => {
  await using stage = await httpStage();
  const made = await stage.ask("POST", "/v1/sessions", { title: "disk full", cwd: "/srv" });
  equal(made.status, 201);
  const { id } = made.body;
  deepEqual(made.body, {
    id,
    title: "disk full",
    cwd: "/srv",
    created_at: "2026-11-23T10:00:00.000Z",
    updated_at: "2026-11-23T10:00:00.000Z",
    run_status: { state: "idle" },
    visibility: "PRIVATE",
    origin: "api",
    tools: null,
    model: null,
  });
  const config = { default_model: "anthropic/claude-sonnet-4-5", auto_approve_mode: "custom" };
  deepEqual((await stage.ask("GET", `/v1/sessions/${id}`)).body, { session: made.body, config });
  const changed = await stage.ask("PATCH", `/v1/sessions/${id}`, { title: "disk", visibility: "PUBLIC" });
  deepEqual(changed.body, { session: { ...made.body, title: "disk", visibility: "PUBLIC" }, config });
  const gone = await stage.ask("DELETE", `/v1/sessions/${id}`);
  const [noted] = stage.temp.store.audit.list({ limit: 1, offset: 0 }).records;
  deepEqual([noted!.subject, noted!.sessionId, noted!.actor], ["session delete", id, "api"]);
  deepEqual([gone.status, gone.text], [204, ""]);
  for (const method of ["GET", "DELETE"]) {
    const { status, body } = await stage.ask(method, `/v1/sessions/${id}`);
    deepEqual([status, body.code, body.error], [404, "not_found", `Session ${id} not found`]);
  }
});

test("total counts all sessions that match, not those of the page", async () => {
  await using stage = await httpStage();
  for (const title of ["web down", "web slow", "disk full"]) await newSession(stage, title);
  const titles = async (query: string) => {
    const { body } = await stage.ask("GET", `/v1/sessions?${query}`);
    return [body.sessions.length, body.total];
  };
  deepEqual(await titles("limit=2"), [2, 3]);
  deepEqual(await titles("limit=2&offset=2"), [1, 3]);
  deepEqual(await titles("search=WEB&limit=1"), [1, 2]);
  deepEqual(await titles("status=active"), [3, 3]);
  deepEqual(await titles("status=DELETED"), [0, 0]);
});

test("what is asked for wrongly is told, and never left out of account", async () => {
  await using stage = await httpStage();
  const id = await newSession(stage);
  const cases: [string, string, unknown, RegExp][] = [
    ["GET", "/v1/sessions?status=gone", undefined, /^status is "gone", must be "ACTIVE" or "DELETED"$/],
    ["GET", "/v1/sessions?limit=0", undefined, /^limit is "0", must be a whole number from 1 to 1000$/],
    ["GET", "/v1/sessions?limit=1001", undefined, /must be a whole number from 1 to 1000$/],
    ["GET", "/v1/sessions?offset=-1", undefined, /^offset is "-1", must be/],
    ["GET", "/v1/sessions?limt=1", undefined, /^unknown query parameter "limt": did you mean "limit"\?$/],
    ["POST", "/v1/sessions", {}, /^title is missing/],
    ["POST", "/v1/sessions", { title: 1 }, /^title is 1, must be a text/],
    ["POST", "/v1/sessions", { title: "x", cmd: "/" }, /^unknown field "cmd": did you mean "cwd"\?$/],
    ["POST", "/v1/sessions", { title: "x", cwd: "/a\nb" }, /^cwd .* must be a path without control/],
    ["PATCH", `/v1/sessions/${id}`, { visibility: "public" }, /^visibility is "public", must be/],
    ["PATCH", `/v1/sessions/${id}`, {}, /^nothing is to be changed/],
    ["GET", "/v1/sessions/42", undefined, /^id is "42", must be a UUID$/],
  ];
  for (const [method, path, body, wanted] of cases) {
    const answer = await stage.ask(method, path, body);
    deepEqual([path, answer.status, answer.body.code], [path, 400, "invalid_request"]);
    match(answer.body.error, wanted);
  }
});

test("an id may be written in capitals, and null is as good as nothing", async () => {
  await using stage = await httpStage();
  const { body: { id } } = await stage.ask("POST", "/v1/sessions", { title: "x", cwd: null });
  equal((await stage.ask("GET", `/v1/sessions/${id.toUpperCase()}`)).body.session.id, id);
});

test("a session shows the state of its run, and why the last one failed", async () => {
  await using stage = await httpStage();
  const { store } = stage.temp;
  const { sessionId, runId } = begun(store);
  const status = async () => (await stage.ask("GET", `/v1/sessions/${sessionId}`)).body.session.run_status;
  deepEqual(await status(), { state: "starting", run_id: runId });
  store.runs.update(runId, { state: "running" });
  deepEqual(await status(), { state: "running", run_id: runId, waiting_for_approval: false });
  store.runs.update(runId, { state: "waiting" });
  deepEqual(await status(), { state: "running", run_id: runId, waiting_for_approval: true });
  store.runs.end(runId, { failed: "sandbox_unavailable", error: "no Docker", retryable: true });
  deepEqual(await status(), { state: "failed", reason: "sandbox_unavailable", error: "no Docker" });
  const next = crypto.randomUUID();
  const request = store.runs.get(runId)!.request;
  store.runs.begin({ id: next, sessionId, owner: "0123456789abcdef", request });
  store.runs.end(next, { stopped: "completed" });
  deepEqual(await status(), { state: "idle" });
});

test("deleting a session asks the runs to, so that its run ends first", async () => {
  await using stage = await httpStage();
  const id = await newSession(stage);
  stage.temp.store.events.append(id, undefined, turn(1));
  await stage.ask("DELETE", `/v1/sessions/${id}`);
  deepEqual(stage.runs.asked, [{ delete: id }]);
});
