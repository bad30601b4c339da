import { EXIT, type ExitCode } from "../domain/error.ts";
import { plainJson } from "../domain/plain_json.ts";
import type { RunState, SessionRecord } from "../server/records.ts";
import { oneLine } from "./call_text.ts";
import type { Cli } from "./cli.ts";
import type { GlobalOptions } from "./leaf.ts";
import { lookedAtStore } from "./looked_at_store.ts";
import { table } from "./table.ts";

interface ListOptions extends GlobalOptions {
  readonly limit: number;
  readonly search?: string;
  readonly json?: true;
}

const TITLE_CHARACTERS = 60;

/** `sessions list` */
export async function listSessions(cli: Cli, { limit, search, json }: ListOptions): Promise<ExitCode> {
  using store = await lookedAtStore(cli);
  const page = { limit, offset: 0, ...(search !== undefined && { search }) };
  const { sessions, total } = store?.sessions.list(page) ?? { sessions: [], total: 0 };
  const listed = sessions.map((session) => ({ ...session, run: runOf(store?.runs.latest(session.id)) }));
  if (json) cli.terminal.print(plainJson({ schema: 1, sessions: listed, total }));
  else if (total === 0) cli.terminal.note(search === undefined ? "No sessions" : "No such sessions");
  else {
    cli.terminal.print(table(["SESSION", "USED", "RUN", "TITLE"], listed.map(rowOf)));
    if (total > sessions.length) cli.terminal.note(`${sessions.length} of ${total}: --limit shows more`);
  }
  return EXIT.ok;
}

type ListedRun = { readonly id: string; readonly state: RunState } | null;

function runOf(run: { readonly id: string; readonly state: RunState } | undefined): ListedRun {
  return run ? { id: run.id, state: run.state } : null;
}

function rowOf({ id, updatedAt, title, run }: SessionRecord & { readonly run: ListedRun }): string[] {
  return [id, updatedAt.replace(/\.\d+Z$/, "Z"), run?.state ?? "none", oneLine(title, TITLE_CHARACTERS)];
}
