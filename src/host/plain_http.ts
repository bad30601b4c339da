/**
 * GET over plain HTTP, for our own server's health on this machine.
 *
 * `node:http` and not `fetch`: `fetch` sends loopback requests to `HTTP_PROXY`.
 *
 * @module
 */
import { get } from "node:http";
import type { HttpAnswer } from "./inspection.ts";

const MAX_BODY_BYTES = 64 * 1024;

/** Resolves to `undefined` when nobody answers with HTTP; rejects only with the signal's reason. */
export function getJson(url: string, signal: AbortSignal): Promise<HttpAnswer | undefined> {
  return new Promise((resolve, reject) => {
    const request = get(url, { signal, agent: false }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        body += chunk;
        if (body.length > MAX_BODY_BYTES) response.destroy();
      });
      response.on("close", () => resolve({ status: response.statusCode ?? 0, body: parsed(body) }));
    });
    request.on("error", () => signal.aborted ? reject(signal.reason) : resolve(undefined));
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
