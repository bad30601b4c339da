import { AUTOPILOT_KIND } from "../config/autopilot_file.ts";
import { CONFIG_KIND } from "../config/config_file.ts";
import { editFiles, type OpenedFile, openFiles } from "../config/edit_file.ts";
import { planMigration } from "../config/migrate.ts";
import { shortPath } from "../config/paths.ts";
import { renderDiff } from "../config/render_diff.ts";
import type { TomlDocument } from "../config/toml_document.ts";
import { EXIT, type ExitCode } from "../domain/error.ts";
import type { Cli } from "./cli.ts";
import type { GlobalOptions } from "./leaf.ts";

/** `config migrate`: prints the edit; with `--write` makes it, after keeping both files as they were. */
export async function migrateConfig(
  cli: Cli,
  { write }: GlobalOptions & { write?: true },
): Promise<ExitCode> {
  const { host, paths, terminal } = cli;
  const stamp = host.now().toISOString().replace(/\D/g, "").slice(0, 14);
  const target = (path: string, kind: typeof CONFIG_KIND | typeof AUTOPILOT_KIND) => ({
    path,
    shown: shortPath(path, paths.home),
    kind,
    backup: `${path}.backup-${stamp}`,
  });
  let steps: readonly string[] = [];
  const plan = (files: readonly OpenedFile[]): readonly TomlDocument[] => {
    const [config, autopilot] = files.map(({ document }) => document);
    const migration = planMigration(config!, autopilot!);
    steps = migration.steps;
    for (const step of steps) terminal.note(step);
    const diff = renderDiff(config!, migration.config) + renderDiff(autopilot!, migration.autopilot);
    if (diff) terminal.print(diff);
    return [migration.config, migration.autopilot];
  };
  const targets = [target(paths.config, CONFIG_KIND), target(paths.autopilot, AUTOPILOT_KIND)];
  if (write) await editFiles(host, targets, plan);
  else plan(await openFiles(host, targets));
  if (steps.length === 0) {
    terminal.note("Nothing to migrate: no channel has an inline model or auto_approve.");
  } else if (write) terminal.note(`Written. The files as they were end in .backup-${stamp}`);
  else terminal.note("Nothing was written.\nhint: stakpak config migrate --write");
  return EXIT.ok;
}
