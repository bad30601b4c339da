// deno-lint-ignore-file camelcase -- the fields are those of the wire
import { deepEqual } from "node:assert/strict";
import { ApiError } from "../../src/server/api_error.ts";
import { test } from "../sanitized.ts";
import { httpStage } from "./http_stage.ts";
import { begun } from "./temp_store.ts";

test("a run is cancelled, and the answer comes when it has ended", async () => {
  await using stage = await httpStage();
  const { sessionId, runId } = begun(stage.temp.store);
  const path = `/v1/sessions/${sessionId}/cancel`;
  const { status, body } = await stage.ask("POST", path, { run_id: runId });
  deepEqual([status, body], [200, { cancelled: true, run_id: runId }]);
  deepEqual(stage.temp.store.runs.get(runId)?.end, { stopped: "cancelled" });
  const again = await stage.ask("POST", path, { run_id: runId });
  deepEqual([again.status, again.body.code], [409, "session_not_running"]);
});

test("another run than the active one is neither cancelled nor given a model", async () => {
  await using stage = await httpStage();
  const { sessionId } = begun(stage.temp.store);
  for (const [name, more] of [["cancel", {}], ["model", { model: "openai/gpt-5" }]] as const) {
    const body = { run_id: crypto.randomUUID(), ...more };
    const answer = await stage.ask("POST", `/v1/sessions/${sessionId}/${name}`, body);
    deepEqual([answer.status, answer.body.code], [409, "run_mismatch"]);
  }
});

test("a run gets another model, and an unknown provider is refused at once", async () => {
  await using stage = await httpStage();
  const { sessionId, runId } = begun(stage.temp.store);
  const path = `/v1/sessions/${sessionId}/model`;
  const { status, body } = await stage.ask("POST", path, { run_id: runId, model: "openai/gpt-5" });
  deepEqual([status, body], [200, { accepted: true, run_id: runId, model: "openai/gpt-5" }]);
  deepEqual(stage.runs.asked, [{ switchModel: { sessionId, runId, model: "openai/gpt-5" } }]);
  stage.runs.fails = new ApiError(400, "invalid_model", "Unknown model");
  const refused = await stage.ask("POST", path, { run_id: runId, model: "opnai/gpt-5" });
  deepEqual([refused.status, refused.body.code], [400, "invalid_model"]);
  const none = await stage.ask("POST", path, { run_id: runId });
  deepEqual([none.status, none.body.code], [400, "invalid_request"]);
});
