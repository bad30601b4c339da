/**
 * The runs of this process: takes what callers ask, says why not, and leaves the rest to each run. All truth is in the
 * store: what another process decided, ended or deleted there counts as if it was done here.
 *
 * @module
 */
import { activeRun, alreadyRunning, noSession, notRunning } from "./active_run.ts";
import { ApiError } from "./api_error.ts";
import { deleteSession } from "./delete_session.ts";
import { decideCall } from "./decide_call.ts";
import { decideCalls, redactDecision } from "./decide_calls.ts";
import { expireCalls } from "./expire_calls.ts";
import { type LiveRuns, liveRuns } from "./live_runs.ts";
import { requirePlainModel } from "./plain_model.ts";
import type { RunRecord } from "./records.ts";
import { recoverRuns, takeOver } from "./recovery.ts";
import { RunOver } from "./run_over.ts";
import type { RunParts } from "./run_parts.ts";
import type { RunService } from "./run_service.ts";
import { orRefuse, setUpRun } from "./run_setup.ts";
import { type SessionRedactors, sessionRedactors } from "./session_redactors.ts";
import { settleRun } from "./settle_run.ts";
import { refused, startRun } from "./start_run.ts";
import { resolveProfile } from "../config/resolve_profile.ts";

/** How often approvals expire and runs of processes that are gone are looked for, in milliseconds. */
const SWEEP_MS = 30_000;
/** Messages that a run has not read yet. */
const INPUTS_MAX = 100;
const CANCELLED = { stopped: "cancelled" } as const;

/** What the methods of the service share. */
interface Service {
  readonly parts: RunParts;
  readonly redactors: SessionRedactors;
  readonly runs: LiveRuns;
  closing: boolean;
}

/** Ends what processes that are gone left in the middle, then takes runs. */
export async function startRuns(parts: RunParts): Promise<RunService> {
  const redactors = sessionRedactors(parts);
  const service: Service = { parts, redactors, runs: liveRuns(parts, redactors), closing: false };
  await sweep(service);
  const sweeping = setInterval(() => void sweep(service), SWEEP_MS);
  return {
    ...starting(service),
    ...speaking(service),
    ...deciding(service),
    sandbox: () => parts.sandbox(),
    counts: () => ({
      ...service.runs.slots.counts(),
      waiting: parts.store.runs.unfinished().filter(({ state }) => state === "waiting").length,
    }),
    async [Symbol.asyncDispose]() {
      service.closing = true;
      clearInterval(sweeping);
      await service.runs[Symbol.asyncDispose]();
    },
  };
}

function starting(service: Service): Pick<RunService, "start" | "resume" | "delete"> {
  const { parts, redactors, runs } = service;
  const { store } = parts;
  return {
    async start(asked) {
      if (service.closing) throw refused(true);
      await freeSession(service, asked.sessionId);
      const admit = ({ parallelRuns }: { parallelRuns: number }) => {
        runs.slots.resize(parallelRuns);
        if (service.closing || !runs.slots.hasRoom()) throw refused(service.closing);
      };
      const { run, redactor, setup, cursor } = await startRun({ parts, redactors, admit }, asked);
      runs.begin(run, redactor, setup);
      return { runId: run.id, cursor };
    },
    async resume(sessionId) {
      if (service.closing) throw refused(true);
      await freeSession(service, sessionId);
      const run = store.runs.active(sessionId);
      if (!run) throw notRunning();
      const cursor = store.events.bounds(sessionId).newest;
      if (run.owner !== parts.instance) {
        // What does not resolve would end the run: it waits on until that is mended.
        await setUpRun(parts, {
          request: run.request,
          session: store.sessions.get(sessionId)!,
          sandbox: true,
        });
        if (await parts.lives(run.owner) || !takeOver(parts, run)) throw alreadyRunning();
        runs.park(run);
      }
      return { runId: run.id, cursor };
    },
    async delete(sessionId, by) {
      if (!store.sessions.get(sessionId)) throw noSession(sessionId);
      const run = store.runs.active(sessionId);
      if (run) await cancel(service, run);
      deleteSession(store, sessionId, by);
      redactors.forget(sessionId);
    },
  };
}

function speaking({ parts, redactors, runs }: Service): Pick<RunService, "send" | "cancel" | "switchModel"> {
  const { store } = parts;
  return {
    async send(sessionId, runId, kind, text) {
      activeRun(store, sessionId, runId);
      const redactor = await redactors.of(sessionId);
      store.transaction(() => {
        activeRun(store, sessionId, runId);
        if (store.inputs.waiting(runId) >= INPUTS_MAX) {
          throw new ApiError(429, "too_many_messages", "Too many messages wait for the run to read them");
        }
        store.inputs.add(runId, kind, redactor.redact(text));
      });
    },
    cancel: async (sessionId, runId) => await cancel({ parts, runs }, activeRun(store, sessionId, runId)),
    async switchModel(sessionId, runId, model) {
      const { request } = activeRun(store, sessionId, runId);
      requirePlainModel(model, await redactors.of(sessionId));
      const config = await parts.loadConfig();
      const profile = await orRefuse(
        "invalid_profile",
        () => resolveProfile(config, request.profile, parts.profile),
      );
      await orRefuse("invalid_model", () => parts.routeOf(model, profile));
      store.transaction(() => {
        const { request } = activeRun(store, sessionId, runId);
        const overrides = { ...request.overrides, model };
        store.runs.update(runId, { request: { ...request, overrides } });
        store.sessions.update(sessionId, { model });
      });
    },
  };
}

function deciding(service: Service): Pick<RunService, "decide" | "decideApproval"> {
  const { parts, redactors } = service;
  const { store } = parts;
  const now = () => parts.host.now().toISOString();
  return {
    async decide(sessionId, runId, decisions, by) {
      activeRun(store, sessionId, runId);
      const redactor = await redactors.of(sessionId);
      const run = activeRun(store, sessionId, runId);
      decideCalls({ store, redactor, now: now(), by }, run, decisions);
      await adopt(service, run);
    },
    async decideApproval(id, decision, by) {
      const call = store.calls.get(id);
      if (!call) throw new ApiError(404, "unknown_approval", `there is no approval ${id}`);
      const redactor = await redactors.of(call.sessionId);
      decideCall(store, id, redactDecision(decision, redactor), by, now());
      const run = store.runs.get(call.runId);
      if (run) await adopt(service, run);
    },
  };
}

/** Resolves when the run's end is recorded, whoever has it: where it does not end by itself, the record ends it. */
async function cancel({ parts, runs }: Pick<Service, "parts" | "runs">, { id }: RunRecord): Promise<void> {
  await runs.end(id, new RunOver(CANCELLED));
  settleRun(parts.store, id, CANCELLED);
}

/** Ends the run of a session that a process which is gone left in the middle. */
async function freeSession({ parts }: Service, sessionId: string): Promise<void> {
  if (!parts.store.sessions.get(sessionId)) throw noSession(sessionId);
  const run = parts.store.runs.active(sessionId);
  if (run && run.state !== "waiting" && run.owner !== parts.instance) await recoverRuns(parts, () => true);
}

/** Takes over a run that waits, where that is this process's business and its own is gone. */
async function adopt({ parts, runs, closing }: Service, run: RunRecord): Promise<void> {
  if (!parts.adopts || closing || run.owner === parts.instance || run.state !== "waiting") return;
  if (!await parts.lives(run.owner) && takeOver(parts, run)) runs.park(run);
}

async function sweep(service: Service): Promise<void> {
  const { parts, runs } = service;
  try {
    expireCalls(parts.store, parts.host.now());
    for (const run of await recoverRuns(parts, runs.has)) {
      if (run.owner !== parts.instance) await adopt(service, run);
      else if (!service.closing) runs.park(run);
    }
  } catch (error) {
    // The store, or the folder of locks, cannot be used now: there is a next time.
    parts.log(`runs: cannot look after those that wait: ${error instanceof Error ? error.message : error}`);
  }
}
