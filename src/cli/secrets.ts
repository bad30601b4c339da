import { Argument, type Command } from "@commander-js/extra-typings";
import type { Start } from "./cli.ts";
import { examples, group, leaf } from "./leaf.ts";
import { scanForSecrets } from "./secrets_scan.ts";
import { runSelftest } from "./secrets_selftest.ts";

/** `secrets`: what the redactor would take out. */
export function secretsCommand(start: Start): Command {
  const scan = leaf("scan", "say what would be redacted in a text: rule and place, never the value")
    .addArgument(new Argument("<file>", "a file, or - for stdin"))
    .option("--json", "as JSON")
    .addHelpText(
      "after",
      examples("stakpak secrets scan deploy.log", "journalctl -u app | stakpak secrets scan -"),
    )
    .addHelpText("after", "\nExits 0 when nothing is found, 1 when something is.");
  const selftest = leaf("selftest", "measure the rules on planted secrets, and on text without any")
    .option("--json", "as JSON")
    .addHelpText("after", examples("stakpak secrets selftest"))
    .addHelpText("after", "\nExits 1 when too few secrets are found, or too many that are none.");
  const secrets = group("secrets", "what is taken out of everything that is printed or sent")
    .addHelpText("after", examples("stakpak secrets scan deploy.log", "stakpak secrets selftest"));
  for (const command of [start(scan, scanForSecrets), start(selftest, runSelftest)]) {
    secrets.addCommand(command as unknown as Command);
  }
  return secrets;
}
