import { EXIT, type ExitCode, UserError } from "../domain/error.ts";
import { plainJson } from "../domain/plain_json.ts";
import { quoted } from "../domain/printable.ts";
import type { CallRecord } from "../server/records.ts";
import type { Store } from "../server/store.ts";
import { callLine, callText } from "./call_text.ts";
import type { Cli } from "./cli.ts";
import type { GlobalOptions } from "./leaf.ts";
import { lookedAtStore } from "./looked_at_store.ts";
import { table } from "./table.ts";

interface ListOptions extends GlobalOptions {
  readonly all?: true;
  readonly json?: true;
}

const MOST = 1_000;

/** `approvals list` */
export async function listApprovals(cli: Cli, { all, json }: ListOptions): Promise<ExitCode> {
  using store = await lookedAtStore(cli);
  const calls = all
    ? store?.calls.approvals({ limit: MOST, offset: 0 }).approvals ?? []
    : store?.calls.pending() ?? [];
  if (json) cli.terminal.print(plainJson({ schema: 1, approvals: calls }));
  else if (calls.length === 0) cli.terminal.note(all ? "No approvals" : "Nothing waits for approval");
  else cli.terminal.print(table(["APPROVAL", "STATE", "EXPIRES", "SESSION", "CALL"], calls.map(rowOf)));
  return EXIT.ok;
}

/** `approvals show ID` */
export async function showApproval(
  cli: Cli,
  { json }: GlobalOptions & { readonly json?: true },
  id: string,
): Promise<ExitCode> {
  using store = await lookedAtStore(cli);
  const call = existingApproval(store, id);
  if (json) cli.terminal.print(plainJson({ schema: 1, approval: call }));
  else cli.terminal.print(`${callText(call)}\n${fateOf(call)}\nsession ${call.sessionId}`);
  return EXIT.ok;
}

/** The call of that id that waits or waited. Throws a `UserError` (exit 2) where there is none. */
export function existingApproval(store: Store | undefined, id: string): CallRecord {
  const call = store?.calls.get(id);
  if (call?.expiresAt !== undefined) return call;
  const shown = /^call_[0-9a-f]{12}$/.test(id) ? id : quoted(id);
  throw new UserError(`Cannot find the approval ${shown}: there is none`, {
    hint: "stakpak approvals list",
    exitCode: EXIT.usage,
  });
}

/** What became of an approval: `approved by cli:ada, 2026-11-23T10:00:00Z`. */
export function fateOf({ state, decidedBy, decidedAt, reason, expiresAt }: CallRecord): string {
  if (state === "pending") return `waits, until ${secondsOf(expiresAt)}`;
  const said = reason === undefined ? "" : `: ${reason}`;
  if (decidedBy === undefined) return `${state}${said}`;
  const verdict = state === "rejected" ? "rejected" : state === "cancelled" ? "cancelled" : "approved";
  return `${verdict} by ${decidedBy}, ${secondsOf(decidedAt)}${said}`;
}

function rowOf(call: CallRecord): string[] {
  return [call.id, call.state, secondsOf(call.expiresAt), call.sessionId, callLine(call)];
}

function secondsOf(time: string | undefined): string {
  return time?.replace(/\.\d+Z$/, "Z") ?? "";
}
