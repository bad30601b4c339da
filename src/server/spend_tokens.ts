import { addUsage, type Usage } from "../domain/usage.ts";
import type { RunSetup } from "./run_setup.ts";
import type { RunParts } from "./run_parts.ts";

type Spender = Pick<RunParts, "store" | "host">;

/**
 * Tokens that the run may still use: the least of what is left of its budget and the day's, of which other calls may
 * use `taken`. `undefined`: any number.
 */
export function tokensLeft(
  { store, host }: Spender,
  runId: string,
  { budget }: Pick<RunSetup, "budget">,
  taken = 0,
): number | undefined {
  const { tokens_per_run: perRun, tokens_per_day: perDay } = budget;
  const usage = store.runs.get(runId)?.usage;
  const left = [
    ...(perRun === undefined || !usage ? [] : [perRun - usage.inputTokens - usage.outputTokens]),
    ...(perDay === undefined ? [] : [perDay - store.days.tokens(dayOf(host.now())) - taken]),
  ];
  return left.length > 0 ? Math.max(0, Math.min(...left)) : undefined;
}

/** Counts what was used; also of a run that has ended meanwhile: the day counts it. */
export function spendTokens({ store, host }: Spender, runId: string, usage: Usage): void {
  store.transaction(() => {
    store.days.add(dayOf(host.now()), usage);
    const run = store.runs.get(runId);
    if (run && !run.end) store.runs.update(runId, { usage: addUsage(run.usage, usage) });
  });
}

function dayOf(now: Date): string {
  return now.toISOString().slice(0, 10);
}
