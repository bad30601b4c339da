import type { Command } from "@commander-js/extra-typings";
import type { Start } from "./cli.ts";
import { type DoctorOptions, runDoctor } from "./doctor_run.ts";
import { examples } from "./leaf.ts";
import { probing } from "./probing.ts";

/** `preflight`: the startup questions, for pipelines. */
export function preflightCommand(start: Start): Command {
  const command = probing("preflight", "check what `up` needs before it starts, for pipelines").addHelpText(
    "after",
    examples(
      "stakpak preflight --wait 90s",
      "stakpak preflight --output junit=preflight.xml",
      "stakpak preflight --format github --strict",
    ),
  );
  return start(
    command,
    (cli, options: DoctorOptions) => runDoctor(cli, "startup", options),
  ) as unknown as Command;
}
