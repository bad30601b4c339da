import type { SandboxState } from "../../src/sandbox/source.ts";
import { ApiError } from "../../src/server/api_error.ts";
import { deleteSession } from "../../src/server/delete_session.ts";
import type { DecisionAction, RunService, StartRun } from "../../src/server/run_service.ts";
import type { Store } from "../../src/server/store.ts";

/** Runs that do nothing by themselves: a test moves them. What they were asked is kept. */
export interface FakeRuns extends RunService {
  readonly asked: unknown[];
  state: SandboxState | undefined;
  /** Taken by the next thing asked, which rejects with it. */
  fails: unknown;
  /** The next thing asked waits for it. */
  gate: Promise<void> | undefined;
}

export function fakeRuns(store: Store): FakeRuns {
  const act = async (asked: unknown) => {
    runs.asked.push(asked);
    const { gate, fails } = runs;
    runs.gate = undefined;
    runs.fails = undefined;
    await gate;
    if (fails !== undefined) throw fails;
  };
  const active = (sessionId: string, runId: string) => {
    const run = store.runs.active(sessionId);
    if (!run) throw new ApiError(409, "session_not_running", "Session has no active run");
    if (run.id === runId) return;
    throw new ApiError(409, "run_mismatch", "Provided run_id does not match active run");
  };
  const runs: FakeRuns = {
    asked: [],
    state: undefined,
    fails: undefined,
    gate: undefined,
    async start(request: StartRun) {
      await act({ start: request });
      const { sessionId, text, overrides, pauseOnApproval } = request;
      const id = crypto.randomUUID();
      const cursor = store.events.bounds(sessionId).newest;
      const begun = store.runs.begin({
        id,
        sessionId,
        owner: "0123456789abcdef",
        request: { text, context: [], profile: "default", model: undefined, overrides, pauseOnApproval },
      });
      if (!begun) throw new ApiError(409, "session_already_running", "Session already has an active run");
      return { runId: id, cursor };
    },
    async send(sessionId, runId, kind, text) {
      await act({ send: { sessionId, runId, kind, text } });
      active(sessionId, runId);
    },
    async cancel(sessionId, runId) {
      await act({ cancel: { sessionId, runId } });
      active(sessionId, runId);
      store.runs.end(runId, { stopped: "cancelled" });
    },
    resume: () => Promise.reject(new Error("the API does not resume runs")),
    async decide(sessionId, runId, decisions, by) {
      await act({ decide: { sessionId, runId, decisions, by } });
      active(sessionId, runId);
      for (const [callId, decision] of Object.entries(decisions)) {
        const call = store.calls.pending(sessionId).find((one) => one.callId === callId);
        if (!call) throw new ApiError(404, "unknown_tool_call", `no call ${callId} is pending`);
        move(store, call.id, decision, by);
      }
    },
    async decideApproval(id, decision, by) {
      await act({ decideApproval: { id, decision, by } });
      if (move(store, id, decision, by)) return;
      throw new ApiError(409, "already_resolved", "it was decided before");
    },
    async switchModel(sessionId, runId, model) {
      await act({ switchModel: { sessionId, runId, model } });
      active(sessionId, runId);
    },
    async delete(sessionId, by) {
      await act({ delete: sessionId });
      if (!deleteSession(store, sessionId, by)) throw new ApiError(404, "not_found", "not found");
    },
    sandbox: () => runs.state,
    counts: () => ({ running: 2, queued: 1, waiting: 3 }),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  return runs;
}

function move(store: Store, id: string, decision: DecisionAction, by: string): boolean {
  const state = decision.action === "accept" ? "approved" : "rejected";
  return store.calls.move(id, ["pending"], { state, decidedBy: by, decidedAt: "2026-11-23T10:00:00.000Z" });
}
