import { EXIT, UserError } from "../domain/error.ts";
import { plainJson } from "../domain/plain_json.ts";
import { shellWord } from "../host/shell_word.ts";
import { openDatabase } from "../server/database.ts";
import { MIGRATIONS, versionOf } from "../server/migrations.ts";
import { bytesOf, countsOf, fullCheck } from "../server/store_check.ts";
import { DamagedStore } from "../server/store_error.ts";
import type { Cli } from "./cli.ts";
import type { GlobalOptions } from "./leaf.ts";
import { table } from "./table.ts";

interface Found {
  readonly version?: number;
  readonly bytes?: number;
  readonly counts?: Readonly<Record<string, number>>;
  readonly problems: readonly string[];
}

const BACKUPS_MAX = 10_000;

/** `state check`: reads all of the store, and changes nothing of it. */
export async function checkState(
  cli: Cli,
  { json }: GlobalOptions & { readonly json?: true },
): Promise<number> {
  const { host, paths: { database: path }, terminal } = cli;
  if (!(await host.status(path))?.size) {
    throw new UserError(`Cannot check the store ${path}: there is none yet`, {
      hint: "it is made at the first run: stakpak run",
      exitCode: EXIT.usage,
    });
  }
  const found = examine(path);
  const ok = found.problems.length === 0;
  if (json) terminal.print(plainJson({ schema: 1, ok, path, newest: MIGRATIONS.length, ...found }));
  else {
    if (found.counts) terminal.print(table(["TABLE", "ROWS"], rowsOf(found.counts)));
    terminal.note(`version ${found.version ?? "unknown"}, ${((found.bytes ?? 0) / 1e6).toFixed(1)} MB`);
    for (const problem of found.problems) terminal.note(problem);
  }
  if (ok) {
    terminal.note("The store is whole.");
    return EXIT.ok;
  }
  throw new UserError(`Cannot rely on the store ${path}: it is damaged`, {
    hint: await wayBack(cli),
  });
}

function examine(path: string): Found {
  let known: Omit<Found, "problems"> = {};
  try {
    using database = openDatabase(path, { readOnly: true });
    known = { version: versionOf(database, path), bytes: bytesOf(database) };
    const problems = fullCheck(database);
    return problems.length > 0 ? { ...known, problems } : { ...known, counts: countsOf(database), problems };
  } catch (error) {
    if (!(error instanceof DamagedStore)) throw error;
    return { ...known, problems: [error.problem] };
  }
}

function rowsOf(counts: Readonly<Record<string, number>>): string[][] {
  return Object.entries(counts).map(([name, count]) => [name, String(count)]);
}

async function wayBack({ host, paths }: Cli): Promise<string> {
  const folder = paths.database.replace(/\/[^/]*$/, "");
  const away = `cd ${shellWord(folder)} && mkdir damaged && mv autopilot.db* damaged/`;
  const backups = await host.status(paths.backups) ? await host.entries(paths.backups, BACKUPS_MAX) : [];
  const newest = backups.map(({ name }) => name).filter((name) => /^autopilot-.*\.db$/.test(name)).at(-1);
  return newest
    ? `end what runs, then go back to the last backup: ${away} && cp -p backups/${newest} autopilot.db`
    : `there is no backup; end what runs, then begin anew: ${away}`;
}
