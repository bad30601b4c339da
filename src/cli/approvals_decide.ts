import { EXIT, type ExitCode, UserError } from "../domain/error.ts";
import { ApiError } from "../server/api_error.ts";
import { decideCall } from "../server/decide_call.ts";
import { openStore } from "../server/open_store.ts";
import type { CallRecord } from "../server/records.ts";
import type { DecisionAction } from "../server/run_service.ts";
import type { Store } from "../server/store.ts";
import { existingApproval, fateOf } from "./approvals_list.ts";
import { askApproval } from "./ask_approval.ts";
import { callLine } from "./call_text.ts";
import type { Cli } from "./cli.ts";
import { decider } from "./decider.ts";
import type { GlobalOptions } from "./leaf.ts";
import { lookedAtStore } from "./looked_at_store.ts";

/** `approvals approve ID…` */
export function approveCalls(cli: Cli, _options: GlobalOptions, ids: readonly string[]): Promise<ExitCode> {
  return decideAll(cli, ids, { action: "accept" });
}

/** `approvals reject ID…` */
export function rejectCalls(
  cli: Cli,
  { reason }: GlobalOptions & { readonly reason?: string },
  ids: readonly string[],
): Promise<ExitCode> {
  const said = reason?.trim();
  return decideAll(cli, ids, { action: "reject", ...(said && { reason: said }) });
}

/** Whoever has the run goes on with it; where nobody has, it waits for `run --resume`. */
async function decideAll(cli: Cli, ids: readonly string[], decision: DecisionAction): Promise<ExitCode> {
  {
    // Nothing is made where there is nothing to decide.
    using looked = await lookedAtStore(cli);
    for (const id of ids) existingApproval(looked, id);
  }
  using store = await openStore(cli.host, cli.paths.database);
  const calls = ids.map((id) => existingApproval(store, id));
  // All of them or none: what follows one decision may depend on another.
  const actions = new Map<string, DecisionAction>();
  for (const call of calls) actions.set(call.id, await actionOn(cli, call, decision));
  const told = store.transaction(() => calls.map((call) => decided(cli, store, call, actions.get(call.id)!)));
  for (const line of told) cli.terminal.note(line);
  for (const [sessionId, runId] of new Map(calls.map((call) => [call.sessionId, call.runId]))) {
    if (store.runs.get(runId)?.state === "waiting" && store.calls.pending(sessionId).length > 0) {
      cli.terminal.note(`The run waits for more: stakpak approvals list`);
    }
  }
  return EXIT.ok;
}

/** A call that runs on this machine itself is approved by somebody who has seen it. */
async function actionOn(cli: Cli, call: CallRecord, decision: DecisionAction): Promise<DecisionAction> {
  const { terminal, signal } = cli;
  const redacted = decision.action === "reject" && decision.reason !== undefined
    ? { ...decision, reason: cli.redact(decision.reason) }
    : decision;
  if (call.place !== "host" || decision.action !== "accept" || call.state !== "pending") return redacted;
  const answer = terminal.asks ? await askApproval(terminal, call, signal) : undefined;
  if (answer) return answer;
  throw new UserError(`Cannot approve ${call.id}: it runs on this machine itself, outside the sandbox`, {
    hint: "approve it at a terminal, where it is shown first",
    exitCode: EXIT.usage,
  });
}

function decided(cli: Cli, store: Store, { id }: CallRecord, decision: DecisionAction): string {
  const where = cli.terminal.asks ? "terminal" : "cli";
  try {
    const isNew = decideCall(store, id, decision, decider(cli.host, where), cli.host.now().toISOString());
    const call = store.calls.get(id)!;
    return isNew
      ? `${decision.action === "accept" ? "Approved" : "Rejected"}: ${id}  ${callLine(call)}`
      : `Already so: ${id}  ${fateOf(call)}`;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const call = store.calls.get(id);
    const verb = decision.action === "accept" ? "approve" : "reject";
    throw new UserError(`Cannot ${verb} ${id}: ${error.message}${call ? ` (${fateOf(call)})` : ""}`, {
      hint: `stakpak approvals show ${id}`,
      cause: error,
    });
  }
}
