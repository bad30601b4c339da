/**
 * A launch that failed, told so that somebody can act on it.
 *
 * @module
 */
import { UserError } from "../domain/error.ts";
import type { Inspection } from "../host/inspection.ts";
import { type BoxEnd, LaunchFailed, type LaunchStep } from "./box.ts";
import type { BoxProcess } from "./box_process.ts";
import { diagnose } from "./diagnosis.ts";
import type { Running } from "./launch_start.ts";

export interface Failure {
  readonly step: LaunchStep;
  readonly error: unknown;
  readonly image: string;
  /** Absent when it failed before anything was started. */
  readonly running: Pick<Running, "process" | "whyEnded"> | undefined;
  redact(text: string): string;
}

/** docker could not make the container, could not start its program, did not find it. */
const NOT_STARTED = [125, 126, 127];
const PREFIX = /^Cannot start a sandbox: /;
/** A box that is about to end has ended by then. */
const ENDING_MS = 100;

/** Asks the engine, before the container is removed. Never rejects. */
export async function launchFailure(host: Inspection, failure: Failure): Promise<LaunchFailed> {
  const { error, running, redact } = failure;
  const why = redact(error instanceof Error ? error.message : String(error)).replace(PREFIX, "");
  if (!running) {
    const hint = error instanceof UserError ? error.hint : undefined;
    return new LaunchFailed(failure.step, told(failure.step, why), hint, error);
  }
  const { process, whyEnded } = running;
  const code = await endedBy(process);
  const end: BoxEnd | undefined = code === undefined ? undefined : await whyEnded(code);
  const step = code !== undefined && NOT_STARTED.includes(code) ? "start" : failure.step;
  const evidence = { image: failure.image, lastLines: process.log.last(), end };
  const { cause, lines, hint } = await diagnose(host, evidence);
  const headline = cause ?? end?.message.replace(/^The /, "the ") ?? why;
  const noticed = !cause && end ? [why] : [];
  return new LaunchFailed(step, [told(step, headline), ...noticed, ...lines].join("\n"), hint, error);
}

function told(step: LaunchStep, why: string): string {
  return `Cannot start a sandbox: ${step}: ${why}`;
}

async function endedBy({ ended }: BoxProcess): Promise<number | undefined> {
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => late.resolve(undefined), ENDING_MS);
  try {
    return await Promise.race([ended, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
