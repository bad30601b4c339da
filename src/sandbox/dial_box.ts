import { NotSent, type TlsFetch } from "../mcp/tls_fetch.ts";
import { pause } from "./pause.ts";

/** Source: DESIGN §9. */
const TRIES = 30;
const FIRST_PAUSE_MS = 20;
const LAST_PAUSE_MS = 1_000;
/** Nobody listens yet, or what listens has nobody behind it yet. */
const NOT_YET = ["ENOENT", "ECONNREFUSED", "ECONNRESET"];

/**
 * Asks the box until it answers over TLS, whatever it says: one that printed its authority before it listened is
 * given time. Rejects with what is wrong with its socket, with the signal's reason.
 */
export async function dialBox(box: TlsFetch["fetch"], signal: AbortSignal): Promise<void> {
  let pauseMs = FIRST_PAUSE_MS;
  for (let tries = 1;; tries++) {
    try {
      const answer = await box("https://localhost/mcp", { method: "GET", signal });
      // To its end, so that the connection stays.
      await answer.text();
      return;
    } catch (error) {
      signal.throwIfAborted();
      if (tries === TRIES || !isNotYet(error)) throw error;
    }
    await pause(pauseMs, signal);
    pauseMs = Math.min(2 * pauseMs, LAST_PAUSE_MS);
  }
}

function isNotYet(error: unknown): boolean {
  const cause = error instanceof NotSent ? error.cause as { code?: string } | undefined : undefined;
  return cause?.code !== undefined && NOT_YET.includes(cause.code);
}
