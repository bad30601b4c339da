import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { ModelApi } from "../../src/models/model_api.ts";
import { MODEL_APIS } from "../../src/models/model_api.ts";
import { test } from "../sanitized.ts";
import { agentStage, answered, answersTo, aRun, callsOf, playSse, textOf } from "./stage.ts";

const MAIN = new URL("../../main.ts", import.meta.url).href;
const LOOK = { name: "stakpak__view", arguments: '{"path":"/etc/hosts"}', id: "toolu_1" };

for (const api of MODEL_APIS) {
  test(`a run of one tool round gets its answer from ${api}`, async () => {
    await using stage = await agentStage({
      fixtures: [
        [{ hasToolResult: false }, { content: "Let me look.", toolCalls: [LOOK] }],
        [{ toolResultContains: "127.0.0.1 toolu_1" }, { content: "All is well." }],
      ],
    });
    const first = answered(await stage.start(aRun(api, "is all well?")));
    equal(first.finish, "tool_calls");
    deepEqual(callsOf(first), [{ id: "toolu_1", name: "stakpak__view", input: { path: "/etc/hosts" } }]);
    const second = answered(await stage.next(answersTo(first, "127.0.0.1")));
    deepEqual([textOf(second), second.finish], ["All is well.", "stop"]);
    ok(second.heapBytes > 1e6);
    equal(stage.bodies.length, 2);
  });

  test(`what ${api} says is told as it comes, and is the answer's text`, async () => {
    const content = "The disk is fine. ".repeat(50);
    await using stage = await agentStage({ fixtures: [[{}, { content }]] });
    const answer = answered(await stage.start(aRun(api, "how is the disk?")));
    equal(textOf(answer), content);
    equal(stage.all("text").map(({ delta }) => delta).join(""), content);
    equal(stage.said.at(-1)?.kind, "answer");
  });

  test(`calls at once come in their order, and ${api} gets an answer for each`, async () => {
    const toolCalls = ["a", "b", "c"].map((id) => ({ ...LOOK, id }));
    await using stage = await agentStage({
      fixtures: [[{ hasToolResult: false }, { toolCalls }], [{ hasToolResult: true }, { content: "Three." }]],
    });
    const first = answered(await stage.start(aRun(api, "look three times")));
    deepEqual(callsOf(first).map(({ id }) => id), ["a", "b", "c"]);
    equal(textOf(answered(await stage.next(answersTo(first, "seen", true)))), "Three.");
  });
}

test("arguments that are no JSON are a call like others, and told again as what they are", async () => {
  for (const api of ["anthropic", "openai-chat", "openai-responses"] as const) {
    const broken = '{"path": "/etc';
    const toolCalls = [{ ...LOOK, arguments: broken }];
    await using stage = await agentStage({
      fixtures: [[{ hasToolResult: false }, { toolCalls }], [{ hasToolResult: true }, { content: "Sorry." }]],
      // The mock mends them for Anthropic.
      carry: api !== "anthropic"
        ? undefined
        : ({ request }, tell) =>
          request === 1 && playSse(request, tell, [
            {
              type: "message_start",
              message: { id: "m", model: "m", content: [], usage: { input_tokens: 1, output_tokens: 1 } },
            },
            {
              type: "content_block_start",
              index: 0,
              content_block: { type: "tool_use", id: "toolu_1", name: LOOK.name, input: {} },
            },
            {
              type: "content_block_delta",
              index: 0,
              delta: { type: "input_json_delta", partial_json: broken },
            },
            { type: "content_block_stop", index: 0 },
            { type: "message_delta", delta: { stop_reason: "tool_use" }, usage: { output_tokens: 9 } },
            { type: "message_stop" },
          ]),
    });
    const first = answered(await stage.start(aRun(api, "look")));
    deepEqual(callsOf(first), [{ id: "toolu_1", name: LOOK.name, input: broken }]);
    equal(textOf(answered(await stage.next(answersTo(first, "no JSON", true)))), "Sorry.");
    ok(JSON.stringify(stage.bodies[1]).includes("not_an_object"));
  }
});

test("an id that a provider gives twice means one call each", async () => {
  await using stage = await agentStage({
    fixtures: [[{ sequenceIndex: 0 }, { toolCalls: [LOOK] }], [{ sequenceIndex: 1 }, { toolCalls: [LOOK] }], [
      {},
      {
        content: "Done.",
      },
    ]],
  });
  const first = answered(await stage.start(aRun("openai-chat", "look twice")));
  const second = answered(await stage.next(answersTo(first, "one")));
  deepEqual([...callsOf(first), ...callsOf(second)].map(({ id }) => id), ["toolu_1", "toolu_1_2"]);
  equal(textOf(answered(await stage.next(answersTo(second, "two")))), "Done.");
});

/** What the second request says of the thoughts before the call. */
async function thoughtsAgain(api: ModelApi, thoughts: Record<string, unknown>) {
  await using stage = await agentStage({
    fixtures: [
      [{ hasToolResult: false }, { content: "Let me look.", toolCalls: [LOOK], ...thoughts }],
      [{ hasToolResult: true }, { content: "Fine." }],
    ],
  });
  const first = answered(await stage.start(aRun(api, "think, then look")));
  answered(await stage.next(answersTo(first, "seen")));
  return { told: stage.all("reasoning").map(({ delta }) => delta).join(""), body: stage.bodies[1] };
}

test("Anthropic gets its thoughts again, signed and hidden ones", async () => {
  const thoughts = {
    reasoning: "Hosts first.",
    reasoningSignature: "c2lnbmVk",
    redactedThinking: ["aGlkZGVu"],
  };
  const { told, body } = await thoughtsAgain("anthropic", thoughts);
  equal(told, "Hosts first.");
  // deno-lint-ignore no-explicit-any -- as the wire has it
  const kept = body.messages[1].content.filter(({ type }: any) => /thinking/.test(type));
  deepEqual(kept, [
    { type: "redacted_thinking", data: "aGlkZGVu" },
    { type: "thinking", thinking: "Hosts first.", signature: "c2lnbmVk" },
  ]);
});

test("OpenAI keeps nothing, and gets its thoughts again encrypted", async () => {
  const { told, body } = await thoughtsAgain("openai-responses", { reasoning: "Hosts first." });
  equal(told, "Hosts first.");
  deepEqual([body.store, body.include], [false, ["reasoning.encrypted_content"]]);
  // deno-lint-ignore no-explicit-any -- as the wire has it
  const [thought] = body.input.filter(({ type }: any) => type === "reasoning");
  match(thought.encrypted_content, /^[A-Za-z0-9+/=]+$/);
  deepEqual(thought.summary, [{ type: "summary_text", text: "Hosts first." }]);
});

test("a provider of OpenAI's chat shape gets its thoughts again as text", async () => {
  const { told, body } = await thoughtsAgain("openai-chat", { reasoning: "Hosts first." });
  equal(told, "Hosts first.");
  equal(body.messages[2].reasoning_content, "Hosts first.");
});

test("another model in the middle of a run takes over without the thoughts of the first", async () => {
  await using stage = await agentStage({
    fixtures: [
      [{ hasToolResult: false }, {
        toolCalls: [LOOK],
        reasoning: "Hosts first.",
        reasoningSignature: "c2lnbmVk",
      }],
      [{ hasToolResult: true }, { content: "Fine." }],
    ],
  });
  const first = answered(await stage.start(aRun("anthropic", "think, then look")));
  for (const api of ["openai-chat", "openai-responses", "google", "anthropic"] as const) {
    const model = { api, model: `${api}-model`, limits: { contextTokens: 50_000, outputTokens: 1_000 } };
    const messages = stage.bodies.length === 1
      ? answersTo(first, "seen")
      : [{ role: "user" as const, text: "And?" }];
    answered(await stage.next(messages, model));
    const again = JSON.stringify(stage.bodies.at(-1)).includes("Hosts first.");
    equal(again, api === "anthropic");
    if (api !== "google") equal(stage.bodies.at(-1).model, `${api}-model`);
  }
});

test("an answer that reached its limit says so", async () => {
  for (const api of ["anthropic", "openai-chat", "google"] as const) {
    await using stage = await agentStage({
      fixtures: [[{}, { content: "Once upon a", finishReason: "length" }]],
    });
    equal(answered(await stage.start(aRun(api, "a story"))).finish, "max_output_tokens");
  }
});

test("the program's own entry starts the same worker", async () => {
  await using stage = await agentStage({ entry: MAIN, fixtures: [[{}, { content: "Hi." }]] });
  equal(textOf(answered(await stage.start(aRun("anthropic", "hi")))), "Hi.");
  equal(stage.said[0]?.kind, "ready");
});

test("what the loop itself does wrong is told without a word of the conversation", async () => {
  await using stage = await agentStage();
  const end = await stage.start({ ...aRun("anthropic", "the password is hunter2"), api: "none" as ModelApi });
  const error = "The worker of the run threw TypeError";
  deepEqual(end, { kind: "failed", reason: "worker_failed", error, retryable: false });
});
