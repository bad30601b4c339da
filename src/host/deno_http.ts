/**
 * GET over plain HTTP, for our own server's health on this machine.
 *
 * Connects to the address itself: `fetch` alone would send a loopback request to `HTTP_PROXY`. (`node:http` would
 * not, but loading it costs every doctor 30 ms.)
 *
 * @module
 */
import type { HttpAnswer } from "./inspection.ts";

const MAX_BODY_BYTES = 64 * 1024;

/** Resolves to `undefined` when nobody answers with HTTP; rejects only with the signal's reason. */
export async function getJson(url: string, signal: AbortSignal): Promise<HttpAnswer | undefined> {
  const { hostname, port: written } = new URL(url);
  const port = Number(written) || 80;
  if (!await somebodyListens(hostname.replace(/^\[|\]$/g, ""), port, signal)) return undefined;
  using client = Deno.createHttpClient({ proxy: { transport: "tcp", hostname, port } });
  try {
    const response = await fetch(url, { client, signal, redirect: "manual" });
    return { status: response.status, body: parsed(await firstPart(response)) };
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

/** Asked first because it is the rule before the first start, and loading `fetch` costs 20 ms. */
async function somebodyListens(hostname: string, port: number, signal: AbortSignal): Promise<boolean> {
  try {
    (await Deno.connect({ hostname, port, signal })).close();
    return true;
  } catch (error) {
    signal.throwIfAborted();
    // What else goes wrong is for the request to tell.
    return !(error instanceof Deno.errors.ConnectionRefused);
  }
}

/** The body's text, or what of it came before it got too long: that is no JSON any more. */
async function firstPart({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_BODY_BYTES) return "";
  }
  return text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
