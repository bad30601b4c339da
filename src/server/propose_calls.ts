import type { Json } from "../domain/json.ts";
import type { AssistantPart } from "../domain/message.ts";
import { RUN_LIMITS } from "../domain/run_limits.ts";
import { allowingRule, judge, type Judgement } from "../domain/tool_policy.ts";
import { canonicalHash } from "./canonical_hash.ts";
import type { LiveRun } from "./live_run.ts";
import type { CallRecord, RunRecord } from "./records.ts";
import type { RunSetup } from "./run_setup.ts";

const ID_BYTES = 6;

/** A call of an answer, and what decisions about it are bound to. */
export interface AskedCall {
  readonly callId: string;
  readonly tool: string;
  readonly input: Json;
  readonly hash: string;
}

/** The calls of an answer that is redacted, in their order. */
export function askedCalls(parts: readonly AssistantPart[]): AskedCall[] {
  return parts.flatMap((part) => {
    if (part.type !== "tool_call") return [];
    const { id: callId, name: tool } = part.call;
    const input = part.call.input as Json;
    return [{ callId, tool, input, hash: callHash(tool, input) }];
  });
}

/** SHA-256, in hex, of tool and input in canonical JSON. */
export function callHash(tool: string, input: Json): string {
  return canonicalHash({ tool, input });
}

export interface Proposing {
  readonly setup: RunSetup;
  /** The full names of all tools that there are. */
  readonly tools: readonly string[];
}

/** Within `live.write`: judges and records the calls of the present turn, and tells of them. */
export function proposeCalls(
  live: LiveRun,
  run: RunRecord,
  asked: readonly AskedCall[],
  { setup, tools }: Proposing,
): void {
  live.emit({
    name: "tool_calls_proposed",
    fields: {
      "tool_calls": asked.map(({ callId: id, tool: name, input }) => ({ id, name, arguments: input })),
    },
  });
  for (const [position, call] of asked.entries()) {
    const judgement = judge(setup.config.policy, call.tool, tools);
    const { state, expiresAt } = fate(judgement, run, live.now());
    const id = `call_${crypto.getRandomValues(new Uint8Array(ID_BYTES)).toHex()}`;
    live.parts.store.calls.add({
      ...call,
      ...judgement,
      id,
      sessionId: live.sessionId,
      runId: live.id,
      turn: run.turns,
      position,
      state,
      profile: setup.config.profile,
      place: setup.place,
      requestedAt: live.now().toISOString(),
      expiresAt,
    });
    live.audit({
      kind: "call",
      subject: call.tool,
      // Asking where nobody can be asked is denying.
      outcome: state === "proposed" ? "deny" : judgement.verdict,
      actor: "policy",
      details: { call: id, hash: call.hash, rule: judgement.rule, profile: setup.config.profile },
    });
    if (state === "proposed") rejectByPolicy(live, { ...call, id }, judgement, setup);
  }
}

/** Within `live.write`: a call that has not been sent is rejected; the model is told by which rule. */
export function rejectByPolicy(
  live: LiveRun,
  { id, callId, tool }: Pick<CallRecord, "id" | "callId" | "tool">,
  { verdict, rule }: Judgement,
  { config }: Pick<RunSetup, "config">,
): void {
  const known = rule !== "there is no such tool";
  const remedy = known ? `. To allow it: ${allowingRule(config.policy, tool, config.profile)}` : "";
  const nobody = verdict === "ask" ? "it needs an approval, and nobody can be asked in this run: " : "";
  const reason = `${nobody}${rule}${remedy}`;
  live.parts.store.calls.move(id, ["proposed", "pending", "approved"], {
    state: "rejected",
    decidedBy: "policy",
    decidedAt: live.now().toISOString(),
    reason,
    result: `TOOL_CALL_REJECTED\n${reason}`,
    isError: true,
  });
  live.emit({ name: "tool_rejected", fields: { "tool_call_id": callId, "tool_name": tool, reason } });
}

/** Whether a call runs, waits for people, or does neither (`proposed`). */
export function fate(
  { verdict }: Judgement,
  { request }: RunRecord,
  now: Date,
): Pick<CallRecord, "state" | "expiresAt"> {
  if (verdict === "approve") return { state: "approved", expiresAt: undefined };
  if (verdict === "deny" || !request.pauseOnApproval) return { state: "proposed", expiresAt: undefined };
  return { state: "pending", expiresAt: new Date(now.getTime() + RUN_LIMITS.approvalMs).toISOString() };
}
