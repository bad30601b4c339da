import type { TlsFetch } from "../mcp/tls_fetch.ts";

/** `fetch`, and `told` once when the first request has been answered. */
export function firstAnswer(fetch: TlsFetch["fetch"], told: () => void): TlsFetch["fetch"] {
  let waiting = true;
  return async (url, init) => {
    const answer = await fetch(url, init);
    if (waiting) told();
    waiting = false;
    return answer;
  };
}
