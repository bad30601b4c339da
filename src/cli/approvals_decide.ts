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
import { pendingOf } from "./follow_run.ts";
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
  const wanted: [CallRecord, DecisionAction][] = [];
  for (const id of ids) {
    const call = existingApproval(store, id);
    wanted.push([call, await actionOn(cli, call, decision)]);
  }
  for (const line of decideTogether(cli, store, wanted)) cli.terminal.note(line);
  const runs = new Map(wanted.map(([{ runId }]) => [runId, store.runs.get(runId)]));
  if ([...runs.values()].some((run) => run?.state === "waiting" && pendingOf(store, run).length > 0)) {
    cli.terminal.note("The run waits for more: stakpak approvals list");
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

/** All of them or none; answers what became of each. */
function decideTogether(
  { host, terminal }: Cli,
  store: Store,
  wanted: readonly [CallRecord, DecisionAction][],
): string[] {
  const by = decider(host, terminal.asks ? "terminal" : "cli");
  const now = host.now().toISOString();
  let at = "";
  try {
    return store.transaction(() =>
      wanted.map(([{ id }, decision]) => {
        at = id;
        const isNew = decideCall(store, id, decision, by, now);
        return toldOf(store.calls.get(id)!, decision, isNew);
      })
    );
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new UserError(`Cannot decide about ${at}: ${error.message} (${fateOf(store.calls.get(at)!)})`, {
      hint: `stakpak approvals show ${at}`,
      cause: error,
    });
  }
}

function toldOf(call: CallRecord, { action }: DecisionAction, isNew: boolean): string {
  if (!isNew) return `Already so: ${call.id}  ${fateOf(call)}`;
  return `${action === "accept" ? "Approved" : "Rejected"}: ${call.id}  ${callLine(call)}`;
}
