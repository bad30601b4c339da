/**
 * What of a provider's answer goes on to the worker.
 *
 * @module
 */
import { RUN_LIMITS } from "../domain/run_limits.ts";
import { NO_USAGE } from "../domain/usage.ts";
import { API_RULES } from "./apis.ts";
import { GatewayBroken, GatewayRedirected, type InferenceAnswer } from "./gateway.ts";
import { type GatewayCall, gatewayFailure } from "./gateway_failure.ts";
import { retryAfterSeconds } from "./retry_after.ts";
import { usageReader } from "./usage_reader.ts";

export interface SentCall extends GatewayCall {
  /** As it was sent. */
  readonly body: string;
  readonly now: Date;
}

/** An answer that says what is wrong. */
const MAX_ERROR_BYTES = 64 * 1024;
/** Read beyond it, so that a key at the cut is whole when it is looked for. */
const LONGEST_KEY = 4 * 1024;
const MAX_HEADER_CHARACTERS = 200;

/** Rejects with {@linkcode GatewayRedirected}, and with what breaks an error's own text. */
export async function gatewayAnswer(response: Response, call: SentCall): Promise<InferenceAnswer> {
  const { status } = response;
  const { route, body, now, watch } = call;
  if (status >= 300 && status < 400) throw redirected(response);
  const headers = headersOf(response, now);
  if (status >= 400) {
    const text = await errorText(response, call);
    watch.end();
    return { status, headers, body: one(new TextEncoder().encode(text)), usage: () => NO_USAGE };
  }
  const reader = usageReader(API_RULES[route.api], new TextEncoder().encode(body).length);
  return {
    status,
    headers,
    body: bounded(response, call, reader.push),
    usage: reader.usage,
  };
}

/** The bytes of an answer, until they are too many. */
async function* bounded(
  { body }: Response,
  call: GatewayCall,
  passes: (chunk: Uint8Array) => void,
): AsyncIterable<Uint8Array> {
  let bytes = 0;
  try {
    for await (const chunk of body ?? []) {
      call.watch.heard();
      bytes += chunk.length;
      if (bytes > RUN_LIMITS.answerBytes) {
        throw new GatewayBroken(`The model's answer has more than ${RUN_LIMITS.answerBytes} bytes`);
      }
      passes(chunk);
      yield chunk;
    }
  } catch (error) {
    throw gatewayFailure(error, call);
  } finally {
    call.watch.end();
  }
}

/** What an error says, cut, without the key that it may repeat. */
async function errorText({ body }: Response, { route, options, watch }: GatewayCall): Promise<string> {
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

function redirected({ status, headers, body }: Response): GatewayRedirected {
  void body?.cancel().catch(() => {});
  const to = URL.parse(headers.get("location") ?? "")?.host;
  const where = to ? `${status}, to ${to}` : String(status);
  return new GatewayRedirected(
    `The provider answers with a redirect (${where}), which is not followed: a key goes to the address that is ` +
      `written, nowhere else`,
  );
}
