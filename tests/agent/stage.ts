/**
 * A real worker with its real rights; its requests are carried to a mock of the providers.
 *
 * @module
 */
import { type FixtureFileResponse, type FixtureMatch, type FixtureOpts, LLMock } from "@copilotkit/aimock";
import { AGENT_GRANTS } from "../../src/agent/agent_grants.ts";
import {
  type SupervisorMessage,
  type WorkerMessage,
  workerMessage,
  type WorkerRun,
} from "../../src/agent/protocol.ts";
import type { Message } from "../../src/domain/message.ts";
import type { ToolCall } from "../../src/domain/toolbox.ts";
import { workersOf } from "../../src/host/deno_worker.ts";
import type { ProgramWorker } from "../../src/host/worker.ts";
import type { ModelApi } from "../../src/models/model_api.ts";
import { wellFormedRequest } from "./well_formed_request.ts";

export type Told<Kind extends WorkerMessage["kind"]> = Extract<WorkerMessage, { kind: Kind }>;

export interface AgentStage extends AsyncDisposable {
  /** The bodies of the requests that reached the provider. */
  // deno-lint-ignore no-explicit-any -- each provider has its own
  readonly bodies: any[];
  /** All that the worker has said. */
  readonly said: WorkerMessage[];
  prepare(api: ModelApi): void;
  /** Tells the worker of a run; what it says last of its turn. */
  start(run?: Partial<WorkerRun>): Promise<Told<"answer" | "failed">>;
  next(messages: readonly Message[], model?: Partial<WorkerRun>): Promise<Told<"answer" | "failed">>;
  /** All that was said of one kind. */
  all<Kind extends WorkerMessage["kind"]>(kind: Kind): Told<Kind>[];
}

export interface StageOptions {
  readonly fixtures?: readonly (readonly [FixtureMatch, FixtureFileResponse, (FixtureOpts | undefined)?])[];
  /** Carries a request, in place of the provider's mock; `false`: that does. */
  readonly carry?:
    | ((request: Told<"fetch">, tell: (message: SupervisorMessage) => void) => boolean)
    | undefined;
  /** The program whose worker it is. */
  readonly entry?: string;
}

export const GATEWAY = "https://gateway.invalid/v1";
const QUICK = new URL("./quick_worker.ts", import.meta.url).href;

export const aRun = (api: ModelApi, text: string): WorkerRun => ({
  api,
  model: MODELS[api],
  limits: { contextTokens: 200_000, outputTokens: 16_384 },
  baseUrl: api === "google" ? "https://gateway.invalid/v1beta" : GATEWAY,
  systemPrompt: "You look after servers.",
  tools: [{
    name: "stakpak__view",
    description: "Shows a file.",
    inputSchema: { type: "object", properties: { path: { type: "string" } } },
  }],
  messages: [{ role: "user", text }],
});

const MODELS: Readonly<Record<ModelApi, string>> = {
  anthropic: "claude-sonnet-4-5",
  "openai-responses": "gpt-5",
  "openai-chat": "deepseek-chat",
  google: "gemini-2.5-pro",
};

/** Of all tests of a file: each has a timer that it keeps. */
const provider = new LLMock({ port: 0, logLevel: "silent" });
await provider.start();

export async function agentStage(options: StageOptions = {}): Promise<AgentStage> {
  provider.clearFixtures().resetMatchCounts();
  for (const [match, response, opts] of options.fixtures ?? []) provider.on(match, response, opts);
  const bodies: unknown[] = [];
  const said: WorkerMessage[] = [];
  const carried: Promise<void>[] = [];
  let ended = (_end: Told<"answer" | "failed">) => {};
  let broke = (_reason: Error) => {};
  let api: ModelApi = "anthropic";
  const worker = await new Promise<ProgramWorker>((resolve, reject) => {
    const started = workersOf(options.entry ?? QUICK)("agent", AGENT_GRANTS, {
      said(raw) {
        const message = workerMessage.parse(raw);
        said.push(message);
        if (message.kind === "ready") resolve(started);
        if (message.kind === "answer" || message.kind === "failed") ended(message);
        if (message.kind === "fetch") carry(message);
      },
      failed(reason) {
        reject(new Error(reason));
        broke(new Error(reason));
      },
    });
  });
  const tell = (message: SupervisorMessage) => worker.tell(message);
  const carry = (request: Told<"fetch">) => {
    const body = JSON.parse(request.body);
    bodies.push(body);
    try {
      wellFormedRequest(api, body);
    } catch (error) {
      broke(error as Error);
    }
    if (!options.carry?.(request, tell)) carried.push(carryTo(provider.url, request, tell));
  };
  const turn = (message: SupervisorMessage) =>
    new Promise<Told<"answer" | "failed">>((resolve, reject) => {
      ended = resolve;
      broke = reject;
      tell(message);
    });
  return {
    bodies,
    said,
    prepare: (api) => tell({ kind: "prepare", api }),
    start(run = {}) {
      api = run.api ?? api;
      return turn({ kind: "start", run: { ...aRun(api, "hello"), ...run } });
    },
    next(messages, model) {
      if (!model) return turn({ kind: "next", messages });
      api = model.api ?? api;
      const { limits, baseUrl, model: name } = { ...aRun(api, ""), ...model };
      return turn({ kind: "next", messages, model: { api, model: name, limits, baseUrl } });
    },
    all: <Kind extends WorkerMessage["kind"]>(kind: Kind) =>
      said.filter((message): message is Told<Kind> => message.kind === kind),
    async [Symbol.asyncDispose]() {
      worker.end();
      await Promise.all(carried);
    },
  };
}

/** As ring 0 does: another address, another key, fewer headers, the same body. */
async function carryTo(
  address: string,
  { request, url, method, body }: Told<"fetch">,
  tell: (message: SupervisorMessage) => void,
): Promise<void> {
  try {
    const { pathname, search } = new URL(url);
    const headers = { "content-type": "application/json", "x-api-key": "k", authorization: "Bearer k" };
    const answer = await fetch(`${address}${pathname}${search}`, { method, headers, body });
    const kept = ["content-type", "retry-after"].flatMap((name) => {
      const value = answer.headers.get(name);
      return value === null ? [] : [[name, value]];
    });
    tell({ kind: "head", request, status: answer.status, headers: Object.fromEntries(kept) });
    for await (const bytes of answer.body ?? []) tell({ kind: "chunk", request, bytes });
    tell({ kind: "end", request });
  } catch {
    tell({ kind: "broken", request, reason: "the provider closed the connection" });
  }
}

/** What ring 0 says after an answer: the answer as it was stored, and a result for each of its calls. */
export function answersTo(answer: Told<"answer">, text: string, isError = false): readonly Message[] {
  return [
    { role: "assistant", parts: answer.parts as Extract<Message, { role: "assistant" }>["parts"] },
    {
      role: "tool",
      results: callsOf(answer).map(({ id }) => ({ callId: id, text: `${text} ${id}`, isError })),
    },
  ];
}

/** Answers a request with those events. */
export function playSse(
  request: number,
  tell: (message: SupervisorMessage) => void,
  events: readonly unknown[],
): true {
  const lines = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join("");
  tell({ kind: "head", request, status: 200, headers: { "content-type": "text/event-stream" } });
  tell({ kind: "chunk", request, bytes: new TextEncoder().encode(lines) });
  tell({ kind: "end", request });
  return true;
}

/** The answer that the turn should have ended with. */
export function answered(end: Told<"answer" | "failed">): Told<"answer"> {
  if (end.kind === "failed") throw new Error(`${end.reason}: ${end.error}`);
  return end;
}

export function callsOf({ parts }: Told<"answer">): readonly ToolCall[] {
  return parts.flatMap((part) => part.type === "tool_call" ? [part.call] : []);
}

export function textOf({ parts }: Told<"answer">): string {
  return parts.map((part) => part.type === "text" ? part.text : "").join("");
}
