import { Argument, type Command } from "@commander-js/extra-typings";
import type { Start } from "./cli.ts";
import { migrateConfig } from "./config_migrate.ts";
import { showConfig } from "./config_show.ts";
import { printPaths, printSample, printSchema } from "./config_texts.ts";
import { validateConfig } from "./config_validate.ts";
import { examples, group, leaf } from "./leaf.ts";

const FILES = ["config", "autopilot"] as const;

/** `config`: the two files. */
export function configCommand(start: Start): Command {
  const show = leaf("show", "print a profile with everything it inherits; never a secret").option(
    "--json",
    "as JSON",
  );
  const validate = leaf("validate", "check both files and how they fit together").option("--json", "as JSON");
  const path = leaf("path", "print where the files are").option("--json", "as JSON");
  const sample = leaf("sample", "print a commented file to start from")
    .addArgument(new Argument("[file]", "which file").choices(FILES).default("config" as const))
    .addHelpText(
      "after",
      examples(
        "(umask 077; mkdir -p ~/.stakpak && stakpak config sample > ~/.stakpak/config.toml)",
        "stakpak config sample autopilot",
      ),
    );
  const schema = leaf("schema", "print the JSON Schema of a file, for editors")
    .addArgument(new Argument("[file]", "which file").choices(FILES).default("config" as const))
    .addHelpText("after", examples("stakpak config schema autopilot > autopilot.schema.json"));
  const migrate = leaf(
    "migrate",
    "show the edit that moves a channel's inline model and auto_approve into a profile",
  )
    .option("--write", "make the edit; both files are backed up first");
  const commands = [
    start(show, showConfig),
    start(validate, validateConfig),
    start(path, printPaths),
    start(sample, printSample),
    start(schema, printSchema),
    start(migrate, migrateConfig),
  ];
  const config = group("config", "look at, check and migrate the configuration")
    .addHelpText("after", examples("stakpak config validate", "stakpak config show --profile ops"));
  for (const command of commands) config.addCommand(command as unknown as Command);
  return config;
}
