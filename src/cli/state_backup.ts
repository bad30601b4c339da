import { expandHome } from "../config/paths.ts";
import { EXIT } from "../domain/error.ts";
import { backUpStore } from "../server/backup.ts";
import type { Cli } from "./cli.ts";

/** `state backup [FILE]`: prints the path of the copy. */
export async function backUpState(cli: Cli, _: unknown, file?: string): Promise<number> {
  const { host, paths, terminal } = cli;
  const target = file === undefined ? nameNow(paths.backups, host.now()) : expandHome(file, paths.home);
  if (file === undefined) await host.makeFolder(paths.backups);
  const { bytes } = await backUpStore(host, paths.database, target);
  terminal.print(target);
  terminal.note(`${(bytes / 1e6).toFixed(1)} MB, checked. How to go back to it: docs/state.md`);
  return EXIT.ok;
}

/** `autopilot-2026-11-23T05-24-09-123Z.db` */
function nameNow(folder: string, now: Date): string {
  return `${folder}/autopilot-${now.toISOString().replace(/[:.]/g, "-")}.db`;
}
