import type { AnswerWatch } from "./answer_watch.ts";
import { GatewayBroken, type GatewayOptions } from "./gateway.ts";
import type { ModelRoute } from "./model_route.ts";

/** One request that is under way. */
export interface GatewayCall {
  readonly route: ModelRoute;
  readonly options: GatewayOptions;
  readonly watch: AnswerWatch;
}

const MAX_REASON_CHARACTERS = 200;

const NETWORK_CODES: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nobody listens there",
  ECONNRESET: "it was cut",
};

/** Why a request ended: the reason of the caller or of the watch, ours, or what the network says. */
export function gatewayFailure(error: unknown, { route, options, watch: { signal } }: GatewayCall): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof GatewayBroken) return error;
  const why = options.redact(networkReason(error)).slice(0, MAX_REASON_CHARACTERS);
  return new GatewayBroken(`The connection to ${new URL(route.url).host} failed: ${why}`, { cause: error });
}

/** The last of what a chain of errors says; before it stands the address, which may hold more than a host. */
function networkReason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return "it ended";
  const { code = "" } = cause as { readonly code?: string };
  return NETWORK_CODES[code] ?? cause.message.split(": ").at(-1)!;
}
