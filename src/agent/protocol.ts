/**
 * What ring 0 and a worker of ring 1 say to each other. Ring 0 believes nothing: each message of a worker is parsed
 * by `workerMessage`, and means the run that the worker was started for, whatever it says.
 *
 * One conversation: `ready` → `start` → (`fetch` → `head`, `chunk`…, `end` | `broken`)… `text`/`reasoning`… → `answer`
 * → `next` → … Ring 0 ends it by ending the worker: after an answer that nothing follows, at a limit, when cancelled.
 *
 * @module
 */
import * as z from "zod";
import type { Json } from "../domain/json.ts";
import type { Message } from "../domain/message.ts";
import { RUN_LIMITS } from "../domain/run_limits.ts";
import type { ToolDescription } from "../domain/toolbox.ts";
import type { ModelApi } from "../models/model_api.ts";
import type { ModelLimits } from "../models/model_route.ts";
import { MAX_PAUSE_MS } from "./retry.ts";

/** A run, as far as ring 1 needs to know it. */
export interface WorkerRun {
  readonly api: ModelApi;
  readonly model: string;
  readonly limits: ModelLimits;
  readonly baseUrl: string;
  readonly systemPrompt: string;
  readonly tools: readonly ToolDescription[];
  /** All of the conversation. The last is the user's, or the results of the last calls. */
  readonly messages: readonly Message[];
}

/** What ring 0 says. */
export type SupervisorMessage =
  /** To a worker that waits for a run: it will be of that API. Nothing is answered. */
  | { readonly kind: "prepare"; readonly api: ModelApi }
  | { readonly kind: "start"; readonly run: WorkerRun }
  /**
   * What the conversation has more than at the last request, before the model is asked again. The model's own answer
   * comes first, as it was stored (redacted): what the worker said itself counts no more. `model` replaces the model
   * from here on.
   */
  | {
    readonly kind: "next";
    readonly messages: readonly Message[];
    readonly model?: Pick<WorkerRun, "api" | "model" | "limits" | "baseUrl">;
  }
  | {
    readonly kind: "head";
    readonly request: number;
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
  }
  | { readonly kind: "chunk"; readonly request: number; readonly bytes: Uint8Array }
  | { readonly kind: "end"; readonly request: number }
  | { readonly kind: "broken"; readonly request: number; readonly reason: string };

const text = z.string().max(RUN_LIMITS.answerBytes);
const shortText = z.string().max(2_000);
const count = z.number().int().min(0).max(1e9);
const metadata = z.json().optional() as z.ZodType<Json | undefined>;

const part = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), text, providerMetadata: metadata }),
  z.strictObject({ type: z.literal("reasoning"), text, providerMetadata: metadata }),
  z.strictObject({
    type: z.literal("tool_call"),
    call: z.strictObject({
      id: z.string().min(1).max(200),
      name: z.string().min(1).max(200),
      input: z.json(),
    }),
    providerMetadata: metadata,
  }),
]);

/** What a worker says. */
export const workerMessage = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("ready") }),
  /** A request to the model; `request` counts from 1. */
  z.strictObject({
    kind: z.literal("fetch"),
    request: count,
    url: z.string().max(2_000),
    method: z.string().max(20),
    body: text,
  }),
  /** It needs no more of that answer. */
  z.strictObject({ kind: z.literal("stop"), request: count }),
  z.strictObject({ kind: z.literal("text"), delta: text }),
  z.strictObject({ kind: z.literal("reasoning"), delta: text }),
  /** The answer did not come whole and is asked for once more: what was told of it is void. */
  z.strictObject({
    kind: z.literal("retry"),
    attempt: count,
    delayMs: count.max(MAX_PAUSE_MS),
    reason: shortText,
  }),
  /** The history was reduced for a request; nothing of it is stored. */
  z.strictObject({ kind: z.literal("reduced"), tokensBefore: count, tokensAfter: count }),
  /** The model's whole answer. Ring 0 stores it, carries out its calls and says `next`, or ends the worker. */
  z.strictObject({
    kind: z.literal("answer"),
    parts: z.array(part).max(1_000),
    finish: z.enum(["stop", "tool_calls", "max_output_tokens"]),
    heapBytes: z.number(),
  }),
  /** No answer: the run fails with `reason`. */
  z.strictObject({
    kind: z.literal("failed"),
    reason: z.enum(["model_error", "model_refused", "context_overflow", "worker_failed"]),
    error: shortText,
    retryable: z.boolean(),
  }),
]);

export type WorkerMessage = z.infer<typeof workerMessage>;
