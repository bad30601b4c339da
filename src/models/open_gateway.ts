import { RUN_LIMITS } from "../domain/run_limits.ts";
import { NO_USAGE } from "../domain/usage.ts";
import { isSafeAddress } from "./address.ts";
import { type AnswerTimes, type AnswerWatch, watchAnswer } from "./answer_watch.ts";
import { API_RULES } from "./apis.ts";
import {
  type Gateway,
  GatewayBroken,
  type GatewayOptions,
  GatewayRefused,
  type InferenceAnswer,
  type InferenceRequest,
} from "./gateway.ts";
import type { ModelRoute } from "./model_route.ts";
import { requestText } from "./request_text.ts";
import { retryAfterSeconds } from "./retry_after.ts";
import { usageReader } from "./usage_reader.ts";

export interface GatewayParts extends Partial<AnswerTimes> {
  /** `Host.fetch`. */
  fetch(url: string, init: RequestInit): Promise<Response>;
  now(): Date;
}

const SILENCE_MS = 120_000;
/** An answer that says what is wrong. */
const MAX_ERROR_BYTES = 64 * 1024;
/** Read beyond it, so that a key at the cut is whole when it is looked for. */
const LONGEST_KEY = 4 * 1024;
const MAX_HEADER_CHARACTERS = 200;

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
        return await answerOf(response, { route, body, now, options, watch });
      } catch (error) {
        watch.end();
        throw failure(error, route, options);
      }
    },
  };
}

interface Asked {
  readonly route: ModelRoute;
  /** As it was sent. */
  readonly body: string;
  readonly now: () => Date;
  readonly options: GatewayOptions;
  readonly watch: AnswerWatch;
}

function checked(route: ModelRoute, asked: InferenceRequest, options: GatewayOptions): string {
  if (!isSafeAddress(new URL(route.url))) {
    throw new GatewayRefused("Cannot ask the model: plain http leads to other machines");
  }
  return requestText(route, asked, options);
}

async function answerOf(response: Response, asked: Asked): Promise<InferenceAnswer> {
  const { status } = response;
  const { route, body, now, watch } = asked;
  if (status >= 300 && status < 400) throw redirected(response);
  const headers = headersOf(response, now());
  if (status >= 400) {
    const text = await errorText(response, asked);
    watch.end();
    return { status, headers, body: one(new TextEncoder().encode(text)), usage: () => NO_USAGE };
  }
  const reader = usageReader(API_RULES[route.api], new TextEncoder().encode(body).length);
  return {
    status,
    headers,
    body: bounded(response, asked, (chunk) => reader.push(chunk)),
    usage: () => reader.usage(),
  };
}

/** The bytes of an answer, until they are too many. */
async function* bounded(
  { body }: Response,
  { route, options, watch }: Asked,
  passes: (chunk: Uint8Array) => void,
): AsyncIterable<Uint8Array> {
  let bytes = 0;
  try {
    for await (const chunk of body ?? []) {
      watch.heard();
      bytes += chunk.length;
      if (bytes > RUN_LIMITS.answerBytes) {
        throw new GatewayBroken(`The model's answer has more than ${RUN_LIMITS.answerBytes} bytes`);
      }
      passes(chunk);
      yield chunk;
    }
  } catch (error) {
    throw failure(error, route, options);
  } finally {
    watch.end();
  }
}

/** What an error says, cut, without the key that it may repeat. */
async function errorText({ body }: Response, { route, options, watch }: Asked): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body ?? []) {
    watch.heard();
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_ERROR_BYTES + LONGEST_KEY) break;
  }
  const key = route.key?.reveal();
  const said = key ? text.replaceAll(key, "[secret]") : text;
  return options.redact(said).slice(0, MAX_ERROR_BYTES);
}

async function* one(chunk: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(chunk);
}

function headersOf({ headers }: Response, now: Date): Readonly<Record<string, string>> {
  const type = headers.get("content-type")?.slice(0, MAX_HEADER_CHARACTERS);
  const seconds = retryAfterSeconds(headers, now);
  return {
    ...(type ? { "content-type": type } : {}),
    ...(seconds === undefined ? {} : { "retry-after": String(seconds) }),
  };
}

function redirected({ status, headers, body }: Response): GatewayBroken {
  void body?.cancel().catch(() => {});
  const to = URL.parse(headers.get("location") ?? "")?.host;
  return new GatewayBroken(
    `The model's provider answers with a redirect (${status}${
      to ? ` to ${to}` : ""
    }), which is not followed: ` +
      `a key goes to the address that is written, nowhere else`,
  );
}

/** Why it ended: the caller's reason, the watch's, ours, or what the network says. */
function failure(error: unknown, route: ModelRoute, options: GatewayOptions): unknown {
  if (options.signal.aborted) return options.signal.reason;
  if (error instanceof GatewayBroken) return error;
  const why = options.redact(networkReason(error)).slice(0, MAX_HEADER_CHARACTERS);
  return new GatewayBroken(`The connection to ${new URL(route.url).host} failed: ${why}`, { cause: error });
}

/** The last of what a chain of errors says; before it stands the address, which may hold more than a host. */
function networkReason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message.split(": ").at(-1)! : "it ended";
}
