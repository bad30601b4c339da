/**
 * The SDK's `fetch`: a message to ring 0, which alone reaches a provider.
 *
 * @module
 */
import { RUN_LIMITS } from "../domain/run_limits.ts";
import type { SupervisorMessage, WorkerMessage } from "./protocol.ts";

/** What ring 0 says about a request. */
export type GatewayMessage = Extract<SupervisorMessage, { readonly request: number }>;

export interface GatewayFetch {
  /** Rejects with {@linkcode BrokenAnswer}, as its body does, with {@linkcode RequestTooLong} before anything is sent. */
  readonly fetch: typeof fetch;
  /** A message about a request that is over changes nothing. */
  hear(message: GatewayMessage): void;
}

/** No answer, or not all of it. `message` is ring 0's reason. */
export class BrokenAnswer extends Error {
  override readonly name = "BrokenAnswer";
}

/** Ring 0 takes no request of that length. */
export class RequestTooLong extends Error {
  override readonly name = "RequestTooLong";
}

interface Exchange {
  resolve(response: Response): void;
  reject(error: Error): void;
  body?: ReadableStreamDefaultController<Uint8Array>;
}

/** Statuses that a `Response` with a body may not have. */
const WITHOUT_BODY: ReadonlySet<number> = new Set([101, 103, 204, 205, 304]);

export function gatewayFetch(tell: (message: WorkerMessage) => void): GatewayFetch {
  const exchanges = new Map<number, Exchange>();
  let last = 0;
  const bodyOf = (request: number, exchange: Exchange) =>
    new ReadableStream<Uint8Array>({
      start: (controller) => void (exchange.body = controller),
      cancel() {
        exchanges.delete(request);
        tell({ kind: "stop", request });
      },
    });
  return {
    fetch(input, init) {
      const body = String(init?.body ?? "");
      const bytes = new TextEncoder().encode(body).length;
      if (bytes > RUN_LIMITS.answerBytes) {
        const most = `${RUN_LIMITS.answerBytes} are sent at most`;
        return Promise.reject(new RequestTooLong(`the request has ${bytes} bytes, ${most}`));
      }
      const request = ++last;
      return new Promise((resolve, reject) => {
        exchanges.set(request, { resolve, reject });
        tell({ kind: "fetch", request, url: String(input), method: init?.method ?? "GET", body });
      });
    },
    hear(message) {
      const { request, kind } = message;
      const exchange = exchanges.get(request);
      if (!exchange) return;
      if (kind === "head") {
        const { status, headers } = message;
        const body = WITHOUT_BODY.has(status) ? null : bodyOf(request, exchange);
        return exchange.resolve(new Response(body, { status, headers }));
      }
      if (kind === "chunk") return exchange.body?.enqueue(message.bytes);
      exchanges.delete(request);
      if (kind === "end") return exchange.body?.close();
      const broken = new BrokenAnswer(message.reason);
      exchange.body?.error(broken);
      // Settled already where there was a head.
      exchange.reject(broken);
    },
  };
}
