import type { Acknowledgement } from "../config/autopilot_schema.ts";
import type { Occasion } from "./probe.ts";
import type { Check, Report } from "./report.ts";
import type { ProbeAnswer } from "./run.ts";

export interface ReportOptions {
  readonly version: string;
  readonly mode: Occasion;
  /** Warnings count as failures, except acknowledged ones. */
  readonly strict: boolean;
  readonly acknowledgements: readonly Acknowledgement[];
  readonly now: Date;
  readonly durationMs: number;
}

/** Puts the answers together, with what the user has acknowledged. Pure. */
export function buildReport(answers: readonly ProbeAnswer[], options: ReportOptions): Report {
  const checks = answers.map((answer) => checkOf(answer, options));
  const count = (status: Check["status"]) => checks.filter((check) => check.status === status).length;
  const acknowledged = checks.filter((check) => check.acknowledged).length;
  const summary = {
    block: count("block"),
    warn: count("warn"),
    pass: count("pass"),
    skip: count("skip"),
    acknowledged,
  };
  return {
    schema: 1,
    version: options.version,
    mode: options.mode,
    ok: summary.block === 0 && !(options.strict && summary.warn > acknowledged),
    summary,
    durationMs: options.durationMs,
    checks,
  };
}

function checkOf({ probe, result, durationMs }: ProbeAnswer, options: ReportOptions): Check {
  const { id, title, category } = probe;
  const base = { id, title, category, docs: `docs/probes.md#${id}`, durationMs };
  const { status, summary } = result;
  const complaint = status === "warn" || status === "block";
  const accepted = complaint ? options.acknowledgements.findLast((entry) => entry.probe === id) : undefined;
  const current = accepted !== undefined && endOfDay(accepted.until) > options.now;
  const granted = accepted && current && complaint && !result.permanent;
  const details = [...result.details ?? [], ...(accepted && !granted ? [refusal(accepted, current)] : [])];
  return {
    ...base,
    status: granted ? "warn" : status,
    summary,
    ...(details.length > 0 ? { details } : {}),
    ...(complaint ? { fix: result.fix } : {}),
    ...(granted ? { acknowledged: { reason: accepted.reason, until: dayOf(accepted.until) } } : {}),
  };
}

/** Why an acknowledgement does not count. */
function refusal({ until }: Acknowledgement, current: boolean): string {
  return current
    ? "acknowledged, but this finding cannot be acknowledged away"
    : `acknowledged until ${dayOf(until)}: that day has passed`;
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** An acknowledgement holds through its day, in UTC. */
function endOfDay(date: Date): Date {
  return new Date(`${dayOf(date)}T23:59:59.999Z`);
}
