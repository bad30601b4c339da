import { parseEgressRule } from "../domain/egress_rule.ts";
import { EXIT, type ExitCode } from "../domain/error.ts";
import { plainJson } from "../domain/plain_json.ts";
import { plainText } from "../domain/plain_text.ts";
import { shellWord } from "../host/shell_word.ts";
import type { EgressDecision } from "../warden/egress.ts";
import { clearEgressLog, readEgressLog } from "../warden/egress_log.ts";
import type { Cli } from "./cli.ts";
import type { GlobalOptions } from "./leaf.ts";
import { table } from "./table.ts";

interface LogsOptions extends GlobalOptions {
  readonly blockedOnly?: true;
  readonly limit: number;
  readonly detailed?: true;
  readonly json?: true;
}

/** `warden logs`: for people; what would allow a thing is never told to the model. */
export async function showLogs(cli: Cli, options: LogsOptions): Promise<ExitCode> {
  const { host, paths, terminal } = cli;
  const wanted = ({ verdict }: EgressDecision) => !options.blockedOnly || verdict === "denied";
  const decisions = await readEgressLog(host, paths.logs, options.limit, wanted);
  if (options.json) terminal.print(plainJson({ schema: 1, decisions }));
  else if (decisions.length === 0) {
    terminal.note(options.blockedOnly ? "Nothing was denied" : "Nothing is logged");
  } else {
    terminal.print(options.detailed ? detailed(decisions) : short(decisions));
    const fixes = [...new Set(decisions.flatMap((decision) => fixOf(decision) ?? []))];
    if (fixes.length > 0) terminal.note(`To allow what was denied:\n  ${fixes.join("\n  ")}`);
  }
  return EXIT.ok;
}

/** `warden clear-logs` */
export async function clearLogs({ host, paths, terminal }: Cli): Promise<ExitCode> {
  await clearEgressLog(host, paths.logs);
  terminal.note("The log of what boxes connect to is empty");
  return EXIT.ok;
}

function short(decisions: readonly EgressDecision[]): string {
  const rows = decisions.map((decision) => [timeOf(decision), decision.verdict, targetOf(decision)]);
  return table(["TIME", "VERDICT", "TO"], rows);
}

function detailed(decisions: readonly EgressDecision[]): string {
  const rows = decisions.map((decision) => [
    timeOf(decision),
    decision.verdict,
    targetOf(decision),
    plainText(decision.session),
    String(decision.bytesOut),
    String(decision.bytesIn),
    plainText(decision.reason ?? ""),
  ]);
  return table(["TIME", "VERDICT", "TO", "SESSION", "SENT", "RECEIVED", "REASON"], rows);
}

function timeOf({ time }: EgressDecision): string {
  return plainText(time.replace(/\.\d+Z$/, "Z"));
}

function targetOf({ host, port }: EgressDecision): string {
  return `${plainText(host.includes(":") ? `[${host}]` : host)}:${port}`;
}

/** A name that leads to a closed address is not opened by its name: the address has to be listed. */
function fixOf(decision: EgressDecision): string | undefined {
  const { verdict, reason = "", port } = decision;
  if (verdict !== "denied") return undefined;
  const [, address] = /^(\S+) is /.exec(reason) ?? [];
  const rule = address === undefined
    ? targetOf(decision)
    : `${address.includes(":") ? `[${address}]` : address}:${port}`;
  return typeof parseEgressRule(rule) === "string" ? undefined : `stakpak warden allow ${shellWord(rule)}`;
}
