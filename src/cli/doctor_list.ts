import { EXIT, type ExitCode } from "../domain/error.ts";
import { plainJson } from "../domain/plain_json.ts";
import type { Probe } from "../probes/probe.ts";
import type { Cli } from "./cli.ts";
import { table } from "./table.ts";

/** Shows the probes without asking them. */
export function listProbes({ terminal }: Cli, probes: readonly Probe[], format: string): ExitCode {
  const rows = probes.map(({ id, title, category, occasions, needs = [] }) => ({
    id,
    title,
    category,
    occasions,
    needs,
  }));
  if (format === "json") terminal.print(plainJson(rows));
  else {terminal.print(
      table(
        ["PROBE", "ASKED AT", "TITLE"],
        rows.map(({ id, title, occasions }) => [id, occasions.join(", "), title]),
      ),
    );}
  return EXIT.ok;
}
