import { EXIT, type ExitCode } from "../domain/error.ts";
import { plainJson } from "../domain/plain_json.ts";
import { plainText } from "../domain/plain_text.ts";
import type { AuditRecord } from "../server/records.ts";
import { oneLine } from "./call_text.ts";
import type { Cli } from "./cli.ts";
import type { GlobalOptions } from "./leaf.ts";
import { lookedAtStore } from "./looked_at_store.ts";
import { table } from "./table.ts";

interface ListOptions extends GlobalOptions {
  readonly session?: string;
  readonly kind?: AuditRecord["kind"];
  readonly limit: number;
  readonly json?: true;
}

const SUBJECT_CHARACTERS = 60;

/** `audit list` */
export async function listAudit(cli: Cli, { session, kind, limit, json }: ListOptions): Promise<ExitCode> {
  using store = await lookedAtStore(cli);
  const wanted = {
    limit,
    offset: 0,
    ...(session !== undefined && { sessionId: session }),
    ...(kind !== undefined && { kind }),
  };
  const { records, total } = store?.audit.list(wanted) ?? { records: [], total: 0 };
  if (json) cli.terminal.print(plainJson({ schema: 1, records, total }));
  else if (total === 0) cli.terminal.note("Nothing is recorded");
  else {
    const headings = ["TIME", "KIND", "SUBJECT", "OUTCOME", "BY", "SESSION"];
    cli.terminal.print(table(headings, records.map(rowOf)));
    if (total > records.length) cli.terminal.note(`${records.length} of ${total}: --limit shows more`);
  }
  return EXIT.ok;
}

function rowOf({ at, kind, subject, outcome, actor, sessionId }: AuditRecord): string[] {
  return [
    at.replace(/\.\d+Z$/, "Z"),
    kind,
    oneLine(subject, SUBJECT_CHARACTERS),
    plainText(outcome),
    plainText(actor),
    plainText(sessionId ?? ""),
  ];
}
