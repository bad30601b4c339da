/**
 * One model, and the one way to it.
 *
 * @module
 */
import type { Secret } from "../domain/secret.ts";
import type { ModelApi } from "./model_api.ts";

/** How much a model takes and gives, in tokens. */
export interface ModelLimits {
  readonly contextTokens: number;
  readonly outputTokens: number;
}

/** Where ring 0 sends a run's inference, and as whom. Made once for each run; ring 1 sees `api`, `model` and `limits` alone. */
export interface ModelRoute {
  /** As in a model's id: `anthropic`, or the NAME of `[providers.NAME]`. */
  readonly provider: string;
  readonly api: ModelApi;
  /** The model's own name, as the provider wants it. */
  readonly model: string;
  readonly limits: ModelLimits;
  /** Where the SDK in the worker believes it is: `https://gateway.invalid/v1`. Its requests must name `workerPath` below it. */
  readonly workerBase: string;
  readonly workerPath: string;
  /** The real address, whole. */
  readonly url: string;
  /** What is added in ring 0: version headers, and the key under the name that the provider wants. */
  headers(key: Secret | undefined): Readonly<Record<string, string>>;
  readonly key: Secret | undefined;
}
