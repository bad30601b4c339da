import { redactDeep } from "../secrets/redact_deep.ts";
import type { Redactor } from "../secrets/redactor.ts";
import { alreadyRunning, noSession } from "./active_run.ts";
import { ApiError } from "./api_error.ts";
import { callerContext } from "./caller_context.ts";
import { requirePlainModel } from "./plain_model.ts";
import type { RunRecord, RunRequestRecord } from "./records.ts";
import type { RunParts } from "./run_parts.ts";
import type { StartRun } from "./run_service.ts";
import { type RunSetup, setUpRun } from "./run_setup.ts";
import type { SessionRedactors } from "./session_redactors.ts";

export interface StartedRun {
  readonly run: RunRecord;
  readonly redactor: Redactor;
  readonly setup: RunSetup;
  /** The session's newest event before those of the run. */
  readonly cursor: number;
}

export interface Starting {
  readonly parts: RunParts;
  readonly redactors: SessionRedactors;
  /** Throws where no run can be taken in now. */
  admit(setup: RunSetup): void;
}

/** Records a run, `queued`: from here on it has an end. Rejects with `ApiError` as `RunService.start`. */
export async function startRun(
  { parts, redactors, admit }: Starting,
  asked: StartRun,
): Promise<StartedRun> {
  const { store, instance } = parts;
  const { sessionId, sandbox } = asked;
  const session = store.sessions.get(sessionId);
  if (!session) throw noSession(sessionId);
  if (store.runs.active(sessionId)) throw alreadyRunning();
  const context = callerContext(asked.context);
  const choices = { profile: asked.profile ?? parts.profile, model: asked.model, overrides: asked.overrides };
  const knowing = redactors.of(sessionId);
  // What keeps the run from being set up is said first.
  knowing.catch(() => {});
  const setup = await setUpRun(parts, { request: choices, session, sandbox });
  requireTerminal(asked, setup);
  const redactor = await knowing;
  for (const model of [choices.model, choices.overrides.model, setup.config.model]) {
    requirePlainModel(model, redactor);
  }
  const request = redacted(
    { ...choices, text: asked.text, context, pauseOnApproval: asked.pauseOnApproval },
    redactor,
  );
  admit(setup);
  return store.transaction(() => {
    const now = store.sessions.get(sessionId);
    if (!now) throw noSession(sessionId);
    // Another run may have come and gone meanwhile, and fixed something else.
    if (now.tools !== session.tools) throw alreadyRunning();
    const cursor = store.events.bounds(sessionId).newest;
    const run = store.runs.begin({ id: crypto.randomUUID(), sessionId, owner: instance, request });
    if (!run) throw alreadyRunning();
    store.sessions.update(sessionId, { tools: setup.place, model: setup.config.model });
    return { run, redactor, setup, cursor };
  });
}

/** What is allowed in advance is an approval, too. */
function requireTerminal(
  { origin, overrides: { autoApprove = "none" } }: StartRun,
  { place }: RunSetup,
): void {
  if (place !== "host" || origin === "cli" || autoApprove === "none" || autoApprove.length === 0) return;
  throw new ApiError(
    400,
    "invalid_overrides",
    "auto_approve cannot be given here: the tools of this session run on this machine, and are approved at a terminal",
    "leave it out, or write auto_approve into the profile",
  );
}

function redacted(request: RunRequestRecord, redactor: Redactor): RunRequestRecord {
  const redact = (text: string) => redactor.redact(text);
  const { text, context, overrides } = request;
  return {
    ...request,
    text: redact(text),
    context: redactDeep(context, redact),
    overrides: redactDeep(overrides, redact),
  };
}

/** For where the service ends, or the line is full. */
export function refused(closing: boolean): ApiError {
  return closing
    ? new ApiError(503, "shutting_down", "The server is ending")
    : new ApiError(429, "too_many_runs", "Too many runs wait for a worker: try again later");
}
