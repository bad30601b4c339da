import type { Json } from "../domain/json.ts";
import type { Usage } from "../domain/usage.ts";
import type { ModelRoute } from "./model_route.ts";
import type { Shape } from "./request_shape.ts";

/** A request's body, as far as it is known: an object. */
export type RequestBody = Readonly<Record<string, Json>>;

/** How one API is spoken. One file each, listed in `apis.ts`. */
export interface ApiRules {
  /** The path below the address that the SDK in the worker is given. */
  workerPath(model: string): string;
  /** What of a worker's body may be sent. */
  readonly shape: Shape;
  /** How long an answer the worker asks for, in tokens; anything else than a whole number counts as not said. */
  asked(body: RequestBody): Json | undefined;
  /** Tokens that thinking takes before the answer begins, where the body says it. */
  thinking?(body: RequestBody): Json | undefined;
  /** The body with what ring 0 decides: model, streaming, the longest answer, nothing stored. */
  sealed(body: RequestBody, route: ModelRoute, answerTokens: number): RequestBody;
  /** What an event of the answer says about tokens used so far. Of several events the greatest numbers count. */
  usage(event: Json): Partial<Usage> | undefined;
  /** A body that asks `prompt`. */
  asking(prompt: string): RequestBody;
}
