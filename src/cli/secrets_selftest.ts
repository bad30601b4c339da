import { EXIT, type ExitCode } from "../domain/error.ts";
import { selftest } from "../secrets/selftest.ts";
import type { Cli } from "./cli.ts";
import type { GlobalOptions } from "./leaf.ts";
import { table } from "./table.ts";

/** `secrets selftest`: exits 1 below the wanted numbers. */
export function runSelftest({ terminal }: Cli, { json }: GlobalOptions & { json?: true }): ExitCode {
  const report = selftest();
  const { ok, formats, providers, planted, recall, falsePerMegabyte, wanted, rules } = report;
  if (json) terminal.print(JSON.stringify(report, null, 2));
  else {
    const rows = rules.map(({ rule, planted, hidden, false: marks, missed }) => [
      rule,
      `${hidden}/${planted}`,
      String(marks),
      missed.join(", "),
    ]);
    terminal.print(table(["RULE", "HIDDEN", "FALSE", "MISSED"], rows));
    terminal.note(
      `${formats} formats of ${providers} providers; of ${planted} planted secrets ` +
        `${(recall * 100).toFixed(1)} % are hidden (wanted ${wanted.recall * 100} %), ` +
        `${falsePerMegabyte.toFixed(1)} false marks per MB (wanted at most ${wanted.falsePerMegabyte})`,
    );
  }
  return ok ? EXIT.ok : EXIT.failed;
}
