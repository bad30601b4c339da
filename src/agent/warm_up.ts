import type { AssistantPart } from "../domain/message.ts";
import type { ToolDescription } from "../domain/toolbox.ts";
import type { ModelApi } from "../models/model_api.ts";
import { agentLoop } from "./loop.ts";
import { PRACTICE_ANSWERS } from "./practice_answers.ts";
import type { WorkerMessage, WorkerRun } from "./protocol.ts";
import { providerModel } from "./provider_model.ts";

/** After so many turns V8 has made of what a turn needs nearly all that it makes of it. */
const TURNS = 10;
const NO_PAUSES = { firstMs: 0, lastMs: 0 };

/** As long as ours are. */
const TOOLS: readonly ToolDescription[] = Array.from({ length: 14 }, (_, at) => ({
  name: `view_${at}`,
  description: "Shows a file. ".repeat(40),
  inputSchema: { type: "object", properties: { path: { type: "string", description: "Which file." } } },
}));

/**
 * Practises a run on a model of `api` that there is not, until a run comes: the SDK is loaded then, and what a turn
 * needs has been compiled. A run's first request and first answer would take 15 ms longer each. Never rejects;
 * answers how many turns it has practised.
 */
export async function warmUp(api: ModelApi, hasRun: () => boolean): Promise<number> {
  let said: WorkerMessage | undefined;
  const step = agentLoop({
    tell: (message) => said = message,
    openModel: (run) => providerModel(run, practice(api)),
    heapBytes: () => 0,
    pauses: NO_PAUSES,
  });
  await step({ kind: "start", run: runOf(api) });
  for (let turn = 1;; turn++) {
    if (said?.kind !== "answer") return turn - 1;
    if (turn === TURNS || hasRun()) return turn;
    const parts = said.parts as readonly AssistantPart[];
    const results = parts.flatMap((part) =>
      part.type === "tool_call" ? [{ callId: part.call.id, text: "Nothing.", isError: false }] : []
    );
    await step({ kind: "next", messages: [{ role: "assistant", parts }, { role: "tool", results }] });
  }
}

function practice(api: ModelApi): typeof fetch {
  // Later, as a message is: what came meanwhile is heard first.
  return async () => {
    await new Promise((resolve) => setTimeout(resolve, 0));
    return new Response(PRACTICE_ANSWERS[api], { headers: { "content-type": "text/event-stream" } });
  };
}

function runOf(api: ModelApi): WorkerRun {
  return {
    api,
    model: "none",
    limits: { contextTokens: 200_000, outputTokens: 16_384 },
    baseUrl: "https://gateway.invalid/v1",
    systemPrompt: "Nothing. ".repeat(400),
    tools: TOOLS,
    messages: [{ role: "user", text: "Nothing." }],
  };
}
