import { deepEqual, equal } from "node:assert/strict";
import { ApiError } from "../../src/server/api_error.ts";
import { test } from "../sanitized.ts";
import { httpStage, newSession } from "./http_stage.ts";
import { begun } from "./temp_store.ts";

const key = (text: string) => ({ "idempotency-key": text });
const said = (content: string) => ({ message: { role: "user", content } });

test("the same request with the same key is carried out once, and answered the same", async () => {
  await using stage = await httpStage();
  const asked = (title: string) => stage.ask("POST", "/v1/sessions", { title }, key("k"));
  const [one, again] = [await asked("a"), await asked("a")];
  deepEqual([again.status, again.body], [201, one.body]);
  equal(stage.temp.store.sessions.list({ limit: 10, offset: 0 }).total, 1);
  const other = await asked("b");
  deepEqual([other.status, other.body.code, other.body.error], [
    409,
    "idempotency_key_reused",
    "Idempotency key was reused with different payload",
  ]);
});

test("the order of fields, and what a schema leaves out, make no other request", async () => {
  await using stage = await httpStage();
  const id = await newSession(stage);
  const path = `/v1/sessions/${id}/messages`;
  const one = await stage.ask("POST", path, { ...said("x"), profile: "ops", sandbox: true }, key("k"));
  const again = await stage.ask(
    "POST",
    path,
    { sandbox: true, profile: "ops", message: { content: "x", role: "user", provider_options: {} } },
    key("k"),
  );
  deepEqual([again.status, again.body], [200, one.body]);
  equal(stage.runs.asked.length, 1);
});

test("decisions in another order are the same request", async () => {
  await using stage = await httpStage();
  const { sessionId, runId } = begun(stage.temp.store);
  const path = `/v1/sessions/${sessionId}/tools/decisions`;
  const [a, b] = [{ action: "accept" }, { action: "reject" }];
  stage.runs.decide = (...asked) => {
    stage.runs.asked.push(asked);
    return Promise.resolve();
  };
  const one = await stage.ask("POST", path, { run_id: runId, decisions: { a, b } }, key("k"));
  const again = await stage.ask("POST", path, { decisions: { b, a }, run_id: runId }, key("k"));
  deepEqual([one.status, again.status, stage.runs.asked.length], [200, 200, 1]);
});

test("a key of one path is another one on another path", async () => {
  await using stage = await httpStage();
  const one = await stage.ask(
    "POST",
    `/v1/sessions/${await newSession(stage)}/messages`,
    said("x"),
    key("k"),
  );
  const other = await stage.ask(
    "POST",
    `/v1/sessions/${await newSession(stage)}/messages`,
    said("x"),
    key("k"),
  );
  equal(one.body.run_id === other.body.run_id, false);
});

test("of two that come at once one is carried out, and the other is told to wait", async () => {
  await using stage = await httpStage();
  const id = await newSession(stage);
  const gate = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  const { start } = stage.runs;
  stage.runs.start = async (request) => {
    reached.resolve();
    await gate.promise;
    return await start(request);
  };
  const asked = () => stage.ask("POST", `/v1/sessions/${id}/messages`, said("x"), key("k"));
  const first = asked();
  await reached.promise;
  const meanwhile = await asked();
  deepEqual([meanwhile.status, meanwhile.body.code], [409, "idempotency_in_progress"]);
  gate.resolve();
  const { body } = await first;
  deepEqual((await asked()).body, body);
  equal(stage.runs.asked.length, 1);
});

test("what failed did nothing: its key may be used again, with another body too", async () => {
  await using stage = await httpStage();
  const id = await newSession(stage);
  const asked = (text: string) => stage.ask("POST", `/v1/sessions/${id}/messages`, said(text), key("k"));
  stage.runs.fails = new ApiError(400, "invalid_profile", "no such profile");
  equal((await asked("x")).status, 400);
  stage.runs.fails = new Error("a bug");
  equal((await asked("x")).status, 500);
  equal((await asked("y")).status, 200);
});

test("an answer is kept for 24 hours", async () => {
  await using stage = await httpStage();
  const asked = () => stage.ask("POST", "/v1/sessions", { title: "a" }, key("k"));
  const { body } = await asked();
  stage.temp.at = "2026-11-24T09:59:59.000Z";
  deepEqual((await asked()).body, body);
  stage.temp.at = "2026-11-24T10:00:01.000Z";
  equal((await asked()).body.id === body.id, false);
});

test("a key that is none is refused", async () => {
  await using stage = await httpStage();
  for (const text of ["", "x".repeat(256)]) {
    const { status, body } = await stage.ask("POST", "/v1/sessions", { title: "a" }, key(text));
    deepEqual([status, body.code], [400, "invalid_request"]);
  }
});
