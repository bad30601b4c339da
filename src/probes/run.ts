/**
 * Asks the probes: side by side, each with a deadline; answers in registry order.
 *
 * All start at once, also those that need another one: a probe only looks, and a chain of needs must not cost a
 * round of waiting each. What a probe found counts only when the ones it needs passed; otherwise it is a skip.
 *
 * Never rejects because of a probe. One that throws or does not answer becomes a block that says "cannot tell":
 * an unanswered question is not a yes.
 *
 * @module
 */
import { type Probe, type ProbeContext, type ProbeResult } from "./probe.ts";

/** Long enough for a busy daemon, short enough for a person to wait. */
export const PROBE_DEADLINE_MS = 10_000;

/** One probe's answer, before acknowledgements. */
export interface ProbeAnswer {
  readonly probe: Probe;
  readonly result: ProbeResult;
  readonly durationMs: number;
}

/** Asks every probe of `probes`. A need that is not among them counts as met. Rejects only with `signal`'s reason. */
export async function runProbes(
  probes: readonly Probe[],
  context: Omit<ProbeContext, "signal">,
  signal: AbortSignal,
  deadlineMs: number = PROBE_DEADLINE_MS,
): Promise<ProbeAnswer[]> {
  const answers = new Map<string, Promise<ProbeAnswer>>();
  for (const probe of probes) {
    const needed = (probe.needs ?? []).map((id) => answers.get(id)).filter((answer) => answer !== undefined);
    answers.set(probe.id, askBeside(needed, probe, context, signal, deadlineMs));
  }
  return await Promise.all(answers.values());
}

async function askBeside(
  needed: readonly Promise<ProbeAnswer>[],
  probe: Probe,
  context: Omit<ProbeContext, "signal">,
  signal: AbortSignal,
  deadlineMs: number,
): Promise<ProbeAnswer> {
  const start = performance.now();
  const asking = ask(probe, context, signal, deadlineMs).then((found) => ({
    found,
    ms: performance.now() - start,
  }));
  const [{ found, ms }, ...needs] = await Promise.all([asking, ...needed]);
  signal.throwIfAborted();
  const unmet = needs.find(({ result }) => result.status !== "pass" && result.status !== "warn");
  const result: ProbeResult = unmet
    ? { status: "skip", summary: `Skipped: ${unmet.probe.id} did not pass` }
    : found;
  return { probe, result, durationMs: Math.round(ms) };
}

async function ask(
  probe: Probe,
  context: Omit<ProbeContext, "signal">,
  signal: AbortSignal,
  deadlineMs: number,
): Promise<ProbeResult> {
  const deadline = new AbortController();
  const timer = setTimeout(
    () => deadline.abort(new Error(`no answer within ${deadlineMs / 1000} s`)),
    deadlineMs,
  );
  const late = Promise.withResolvers<never>();
  const both = AbortSignal.any([signal, deadline.signal]);
  const onAbort = () => late.reject(both.reason);
  both.addEventListener("abort", onAbort, { once: true });
  try {
    both.throwIfAborted();
    return await Promise.race([probe.check({ ...context, signal: both }), late.promise]);
  } catch (error) {
    return cannotTell(probe, error);
  } finally {
    clearTimeout(timer);
    both.removeEventListener("abort", onAbort);
  }
}

function cannotTell(probe: Probe, error: unknown): ProbeResult {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    status: "block",
    summary: `Cannot tell: ${reason}`,
    transient: true,
    fix: { summary: `Try again; if it stays, report it, or leave it out with --skip ${probe.id}` },
  };
}
