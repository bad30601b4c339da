import { judge } from "../domain/tool_policy.ts";
import type { LiveRun } from "./live_run.ts";
import { fate, rejectByPolicy } from "./propose_calls.ts";
import type { RunSetup } from "./run_setup.ts";

/** Of a run that goes on: what was allowed while the run waited may not be any more; what policy alone had approved may need people now. */
export function judgeAgain(live: LiveRun, setup: RunSetup, names: readonly string[]): void {
  live.write((run) => {
    for (const call of live.parts.store.calls.ofTurn(live.id, run.turns)) {
      if (call.state !== "approved" && call.state !== "pending") continue;
      const judgement = judge(setup.config.policy, call.tool, names);
      const { verdict, rule } = judgement;
      const isAsked = call.expiresAt !== undefined;
      if (verdict === "approve" || verdict === "ask" && isAsked) continue;
      const { state, expiresAt } = fate(judgement, run, live.now());
      if (state === "pending") {
        live.parts.store.calls.move(call.id, ["approved"], { ...judgement, state, expiresAt });
      } else rejectByPolicy(live, call, judgement, setup);
      live.audit({
        kind: "call",
        subject: call.tool,
        outcome: verdict,
        actor: "policy",
        details: { call: call.id, hash: call.hash, rule, profile: setup.config.profile },
      });
    }
  });
}
