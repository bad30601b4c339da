import { jsonSchema } from "../config/json_schema.ts";
import { AUTOPILOT_SAMPLE, CONFIG_SAMPLE } from "../config/sample.ts";
import { EXIT, type ExitCode } from "../domain/error.ts";
import { plainJson } from "../domain/plain_json.ts";
import type { Cli } from "./cli.ts";
import type { GlobalOptions } from "./leaf.ts";
import { table } from "./table.ts";

type WhichFile = "config" | "autopilot";

/** `config path` */
export function printPaths({ terminal, paths }: Cli, { json }: GlobalOptions & { json?: true }): ExitCode {
  const { config, autopilot, state, logs, workspace } = paths;
  const shown = { config, autopilot, state, logs, workspace };
  terminal.print(json ? plainJson(shown) : table(["WHAT", "PATH"], Object.entries(shown)));
  return EXIT.ok;
}

/** `config sample` */
export function printSample({ terminal }: Cli, _: GlobalOptions, file: WhichFile): ExitCode {
  terminal.print(file === "config" ? CONFIG_SAMPLE : AUTOPILOT_SAMPLE);
  return EXIT.ok;
}

/** `config schema`: the schema that every reader uses. */
export function printSchema({ terminal }: Cli, _: GlobalOptions, file: WhichFile): ExitCode {
  terminal.print(plainJson(jsonSchema(file)));
  return EXIT.ok;
}
