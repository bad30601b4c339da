import { RUN_LIMITS } from "../domain/run_limits.ts";
import { isSafeAddress } from "./address.ts";
import { type AnswerTimes, watchAnswer } from "./answer_watch.ts";
import { gatewayAnswer } from "./gateway_answer.ts";
import { gatewayFailure } from "./gateway_failure.ts";
import { type Gateway, type GatewayOptions, GatewayRefused, type InferenceRequest } from "./gateway.ts";
import type { ModelRoute } from "./model_route.ts";
import { requestText } from "./request_text.ts";

export interface GatewayParts extends Partial<AnswerTimes> {
  /** `Host.fetch`. */
  fetch(url: string, init: RequestInit): Promise<Response>;
  now(): Date;
}

const SILENCE_MS = 120_000;

/** The gateway on a way out. `silenceMs` and `totalMs` are 120 s and 15 minutes unless given. */
export function openGateway(
  { fetch, now, silenceMs = SILENCE_MS, totalMs = RUN_LIMITS.turnMs }: GatewayParts,
): Gateway {
  return {
    async open(route, asked, options) {
      const body = checked(route, asked, options);
      options.signal.throwIfAborted();
      const watch = watchAnswer(options.signal, { silenceMs, totalMs });
      try {
        const response = await fetch(route.url, {
          method: "POST",
          headers: {
            ...route.headers(route.key),
            "content-type": "application/json",
            "accept": "text/event-stream",
          },
          body,
          redirect: "manual",
          signal: watch.signal,
        });
        watch.heard();
        return await gatewayAnswer(response, { route, body, options, watch, now: now() });
      } catch (error) {
        const why = gatewayFailure(error, { route, options, watch });
        watch.end();
        throw why;
      }
    },
  };
}

function checked(route: ModelRoute, asked: InferenceRequest, options: GatewayOptions): string {
  if (!isSafeAddress(new URL(route.url))) {
    throw new GatewayRefused("Cannot ask the model: plain http leads to other machines");
  }
  return requestText(route, asked, options);
}
