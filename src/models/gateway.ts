/**
 * The one way from ring 1 to a model. Ring 0 chooses address, path, method, headers and model; of what the worker
 * says it takes the JSON body alone, redacted once more.
 *
 * @module
 */
import type { Usage } from "../domain/usage.ts";
import type { ModelRoute } from "./model_route.ts";

/** What a worker asks for. */
export interface InferenceRequest {
  readonly url: string;
  readonly method: string;
  /** JSON. */
  readonly body: string;
}

export interface InferenceAnswer {
  readonly status: number;
  /** `content-type` and `retry-after` (in whole seconds), nothing else. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * The bytes as they come, at most `RUN_LIMITS.answerBytes`. Rejects with {@linkcode GatewayBroken} when the stream is
   * cut, silent or too long, with the signal's reason when that aborts.
   */
  readonly body: AsyncIterable<Uint8Array>;
  /** What the provider counted; complete once `body` has ended. An answer without it counts by its length. */
  usage(): Usage;
}

export interface Gateway {
  /**
   * Sends one request over `route`. Rejects with {@linkcode GatewayRefused} when the worker asks for what it may not
   * (another path, host, method, a body that is no JSON object), with {@linkcode BudgetExceeded} before a call that
   * could go beyond a budget, with {@linkcode GatewayBroken} when the provider cannot be reached, and
   * {@linkcode GatewayRedirected} when it redirects.
   */
  open(route: ModelRoute, asked: InferenceRequest, options: GatewayOptions): Promise<InferenceAnswer>;
}

export interface GatewayOptions {
  readonly signal: AbortSignal;
  redact(text: string): string;
  /** Tokens that may still be used; absent: any number. The least of the run's and the day's. */
  readonly tokensLeft?: number;
}

/** The worker asked for what no loop of ours asks for: its run ends. */
export class GatewayRefused extends Error {
  override readonly name = "GatewayRefused";
}

/** Nothing was sent. */
export class BudgetExceeded extends Error {
  override readonly name = "BudgetExceeded";
}

/** The provider could not be reached, or its answer did not come whole. Worth another try. */
export class GatewayBroken extends Error {
  override readonly name: string = "GatewayBroken";
}

/** The provider's address leads elsewhere: a key does not follow. Asking again does not help. */
export class GatewayRedirected extends GatewayBroken {
  override readonly name: string = "GatewayRedirected";
}
