/** Records of one run, each as it is unless a test says otherwise. */
import type { RunEvent } from "../../src/domain/run_event.ts";
import { NO_USAGE } from "../../src/domain/usage.ts";
import type { CallRecord, RunRecord, StoredEvent } from "../../src/server/records.ts";

export const SESSION = "5f1c2d3e-0000-4000-8000-000000000001";
export const RUN = "5f1c2d3e-0000-4000-8000-000000000002";

export function aRun(change: Partial<RunRecord> = {}): RunRecord {
  return {
    id: RUN,
    sessionId: SESSION,
    state: "completed",
    owner: "0123456789abcdef",
    request: {
      text: "p",
      context: [],
      profile: "default",
      model: undefined,
      overrides: {},
      pauseOnApproval: true,
    },
    turns: 2,
    usage: { ...NO_USAGE, inputTokens: 1_000, outputTokens: 234 },
    end: { stopped: "completed" },
    startedAt: "2026-11-23T10:00:00.000Z",
    endedAt: "2026-11-23T10:00:05.000Z",
    ...change,
  };
}

export function aCall(change: Partial<CallRecord> = {}): CallRecord {
  return {
    id: "call_000000000001",
    sessionId: SESSION,
    runId: RUN,
    turn: 1,
    position: 0,
    callId: "toolu_1",
    tool: "stakpak__run_command",
    input: { command: "ls" },
    hash: "h",
    state: "pending",
    verdict: "ask",
    rule: 'auto_approve lacks "run_command"',
    profile: "default",
    place: "sandbox",
    requestedAt: "2026-11-23T10:00:00.000Z",
    expiresAt: "2026-11-24T10:00:00.000Z",
    decidedBy: undefined,
    decidedAt: undefined,
    reason: undefined,
    result: undefined,
    isError: undefined,
    ...change,
  };
}

export function anEvent(event: RunEvent, id = 1): StoredEvent {
  return { id, sessionId: SESSION, runId: RUN, timestamp: "2026-11-23T10:00:00.000Z", event };
}
