import { deepEqual, equal } from "node:assert/strict";
import { warmUp } from "../../src/agent/warm_up.ts";
import { MODEL_APIS } from "../../src/models/model_api.ts";
import { test } from "../sanitized.ts";
import { agentStage, answered, aRun, textOf } from "./stage.ts";

test("warmUp() practises whole turns of each API, and asks nobody", async () => {
  for (const api of MODEL_APIS) equal(await warmUp(api, () => false), 10);
});

test("warmUp() ends when there is a run", async () => {
  let asked = 0;
  equal(await warmUp("openai-chat", () => ++asked === 3), 3);
});

test("a worker that was told what runs will want says nothing, and does a run of any API", async () => {
  for (const api of MODEL_APIS) {
    await using stage = await agentStage({ fixtures: [[{}, { content: "Hi." }]] });
    stage.prepare(api);
    equal(textOf(answered(await stage.start(aRun("anthropic", "hi")))), "Hi.");
    deepEqual(stage.said.map(({ kind }) => kind), ["ready", "fetch", "text", "answer"]);
  }
});
