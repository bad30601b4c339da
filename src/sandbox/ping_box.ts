import type { Box } from "./box.ts";

/** Source: DESIGN §9. */
const PING_MS = 10_000;

/**
 * Asks the box itself for its tools, over the whole line: what is wrong, or `undefined`. A tool that was there and
 * is not any more is wrong, too. Never rejects.
 */
export async function pingBox({ toolbox, tools }: Box, signal: AbortSignal): Promise<string | undefined> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error(`no answer within ${PING_MS / 1_000} s`)), PING_MS);
  try {
    const listed = new Set(
      (await toolbox.list(AbortSignal.any([signal, late.signal]))).map(({ name }) => name),
    );
    const missing = tools.filter(({ name }) => !listed.has(name));
    return missing.length === 0
      ? undefined
      : `The box lists ${tools.length - missing.length} of its ${tools.length} tools`;
  } catch (error) {
    return `The box does not answer: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    clearTimeout(timer);
  }
}
