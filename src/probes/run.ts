/**
 * Asks the probes: side by side, each with a deadline; answers in registry order.
 *
 * All start at once, also those that need another one: a probe only looks, and a chain of needs must not cost a
 * round of waiting each. What a probe found counts only when the ones it needs passed; otherwise it is a skip.
 *
 * Never rejects because of a probe. One that throws or does not answer becomes a block that says "cannot tell":
 * an unanswered question is not a yes. A probe that was told to stop is waited for, so that the program neither
 * ends nor asks again before the commands it started have ended.
 *
 * @module
 */
import { UserError } from "../domain/error.ts";
import { type Probe, type ProbeContext, type ProbeResult } from "./probe.ts";

export interface Patience {
  readonly deadlineMs: number;
  /** For a probe that was told to stop, until it is left to itself. */
  readonly endingMs: number;
}

/** Long enough for a busy daemon, short enough for a person to wait. A command takes up to a second to end. */
const PATIENCE: Patience = { deadlineMs: 10_000, endingMs: 1_500 };

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
  patience: Patience = PATIENCE,
): Promise<ProbeAnswer[]> {
  const answers = new Map<string, Promise<ProbeAnswer>>();
  for (const probe of probes) {
    const needed = (probe.needs ?? []).map((id) => answers.get(id)).filter((answer) => answer !== undefined);
    answers.set(probe.id, askBeside(needed, probe, context, signal, patience));
  }
  const all = await Promise.all(answers.values());
  signal.throwIfAborted();
  return all;
}

async function askBeside(
  needed: readonly Promise<ProbeAnswer>[],
  probe: Probe,
  context: Omit<ProbeContext, "signal">,
  signal: AbortSignal,
  patience: Patience,
): Promise<ProbeAnswer> {
  const start = performance.now();
  const asking = ask(probe, context, signal, patience).then((found) => ({
    found,
    ms: performance.now() - start,
  }));
  const [{ found, ms }, ...needs] = await Promise.all([asking, ...needed]);
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
  { deadlineMs, endingMs }: Patience,
): Promise<ProbeResult> {
  const deadline = new AbortController();
  const limitMs = probe.deadlineMs ?? deadlineMs;
  const timer = setTimeout(() => deadline.abort(new Error(`no answer within ${limitMs / 1000} s`)), limitMs);
  const late = Promise.withResolvers<never>();
  const both = AbortSignal.any([signal, deadline.signal]);
  let ending: ReturnType<typeof setTimeout> | undefined;
  const onAbort = () => ending = setTimeout(() => late.reject(both.reason), endingMs);
  both.addEventListener("abort", onAbort, { once: true });
  try {
    both.throwIfAborted();
    const result = await Promise.race([probe.check({ ...context, signal: both }), late.promise]);
    both.throwIfAborted();
    return result;
  } catch (error) {
    return cannotTell(probe, both.aborted ? both.reason : error);
  } finally {
    clearTimeout(timer);
    clearTimeout(ending);
    both.removeEventListener("abort", onAbort);
  }
}

function cannotTell(probe: Probe, error: unknown): ProbeResult {
  const summary = `Cannot tell: ${error instanceof Error ? error.message : String(error)}`;
  if (error instanceof UserError && error.hint) {
    return { status: "block", summary, fix: { summary: error.hint } };
  }
  const fix = { summary: `Try again; if it stays, report it, or leave it out with --skip ${probe.id}` };
  return { status: "block", summary, transient: true, fix };
}
