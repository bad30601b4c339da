import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { pairedHistory } from "../../src/agent/paired_history.ts";
import { promptOf, toolsOf } from "../../src/agent/prompt_of.ts";
import { PROVIDER_OPTIONS, providerModel } from "../../src/agent/provider_model.ts";
import { reduceHistory, TRIMMED } from "../../src/agent/reduce_history.ts";
import type { Message } from "../../src/domain/message.ts";
import { MODEL_APIS } from "../../src/models/model_api.ts";
import { test } from "../sanitized.ts";
import { histories } from "./histories.ts";
import { aRun } from "./stage.ts";
import { wellFormedRequest } from "./well_formed_request.ts";

const HISTORY: readonly Message[] = [
  { role: "user", text: "look" },
  {
    role: "assistant",
    parts: [
      { type: "reasoning", text: "Hosts.", providerMetadata: { anthropic: { signature: "c2ln" } } },
      { type: "text", text: "Let me look." },
      { type: "tool_call", call: { id: "1", name: "stakpak__view", input: { path: "/x" } } },
      { type: "tool_call", call: { id: "2", name: "no such/tool", input: "half of {" } },
    ],
  },
  {
    role: "tool",
    results: [{ callId: "1", text: "seen", isError: false }, {
      callId: "2",
      text: "no such tool",
      isError: true,
    }],
  },
];
const KEEP = { anthropic: { cacheControl: { type: "ephemeral" } } };

test("a conversation becomes a prompt: the system first, each result with its tool's name", () => {
  deepEqual(promptOf("Be kind.", HISTORY), [
    { role: "system", content: "Be kind.", providerOptions: KEEP },
    { role: "user", content: [{ type: "text", text: "look" }] },
    {
      role: "assistant",
      content: [
        { type: "reasoning", text: "Hosts.", providerOptions: { anthropic: { signature: "c2ln" } } },
        { type: "text", text: "Let me look." },
        { type: "tool-call", toolCallId: "1", toolName: "stakpak__view", input: { path: "/x" } },
        {
          type: "tool-call",
          toolCallId: "2",
          toolName: "no_such_tool",
          input: { not_an_object: "half of {" },
        },
      ],
    },
    {
      role: "tool",
      content: [
        {
          type: "tool-result",
          toolCallId: "1",
          toolName: "stakpak__view",
          output: { type: "text", value: "seen" },
        },
        {
          type: "tool-result",
          toolCallId: "2",
          toolName: "no_such_tool",
          output: { type: "error-text", value: "no such tool" },
        },
      ],
      providerOptions: KEEP,
    },
  ]);
});

test("no system prompt is none", () => {
  deepEqual(promptOf(" \n", [{ role: "user", text: "hi" }]).map(({ role }) => role), ["user"]);
});

test("half a character becomes a sign that there was one, however deep it lies", () => {
  const call = { id: "1", name: "t", input: { "\ud83d": ["\udc00", { deep: "a\ud83d" }] } };
  const prompt = promptOf("\ud83d", [
    { role: "user", text: "\ud83d" },
    { role: "assistant", parts: [{ type: "text", text: "\ud83d" }, { type: "tool_call", call }] },
    { role: "tool", results: [{ callId: "1", text: "\ud83d", isError: false }] },
  ]);
  equal(JSON.stringify(prompt).match(/\ufffd/g)?.length, 7);
  equal(/\\ud[89a-f]/.test(JSON.stringify(prompt)), false);
});

test("tools are told as they are listed", () => {
  const [tool] = toolsOf(aRun("anthropic", "").tools);
  deepEqual([tool?.type, tool?.name, tool?.description], ["function", "stakpak__view", "Shows a file."]);
});

/** The body of the request that a model's SDK would send. */
async function bodyFor(
  api: typeof MODEL_APIS[number],
  history: readonly Message[],
): Promise<Record<string, unknown>> {
  let body = "";
  const run = aRun(api, "");
  const model = await providerModel(run, (_input, init) => {
    body = String(init?.body);
    return Promise.resolve(new Response(null, { status: 400 }));
  });
  const prompt = promptOf("Be kind.", history);
  await model.doStream({
    prompt,
    maxOutputTokens: 1_000,
    tools: toolsOf(run.tools),
    providerOptions: PROVIDER_OPTIONS,
  })
    .then(() => {}, () => {});
  return JSON.parse(body);
}

for (const api of MODEL_APIS) {
  test(`whatever was stored, what ${api} gets is well formed, trimmed or not`, async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.boolean(), async (messages, trim) => {
        const paired = pairedHistory(messages, api);
        const budget = { threshold: trim ? 0 : 1e9, target: 0 };
        const { history } = reduceHistory(paired, { budget, fixed: 0, trimmedTo: 0 });
        const body = await bodyFor(api, history);
        wellFormedRequest(api, body);
        if (!trim) equal(JSON.stringify(body).includes(TRIMMED), false);
      }),
      { numRuns: 150 },
    );
  });
}
