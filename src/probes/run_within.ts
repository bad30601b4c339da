import type { CommandOutput, Inspection } from "../host/inspection.ts";

/** Runs `argv` as `host.run` does, but answers `undefined` when it has not ended within `limitMs`. */
export async function runWithin(
  limitMs: number,
  host: Inspection,
  argv: readonly string[],
  signal: AbortSignal,
): Promise<CommandOutput | undefined> {
  const limit = AbortSignal.timeout(limitMs);
  try {
    return await host.run(argv, AbortSignal.any([signal, limit]));
  } catch (error) {
    if (limit.aborted && !signal.aborted) return undefined;
    throw error;
  }
}
