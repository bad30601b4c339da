import { AUTOPILOT_KIND } from "../../src/config/autopilot_file.ts";
import type { AutopilotFile } from "../../src/config/autopilot_schema.ts";
import { CONFIG_KIND } from "../../src/config/config_file.ts";
import type { ConfigFile } from "../../src/config/config_schema.ts";
import { type Loaded, parseFile } from "../../src/config/load.ts";
import { placeOf } from "../../src/config/problem.ts";

/** The text of a `config.toml`, loaded. */
export const config = (text: string): Loaded<ConfigFile> => parseFile(text, "config.toml", CONFIG_KIND);

/** The text of an `autopilot.toml`, loaded. */
export const autopilot = (text: string): Loaded<AutopilotFile> =>
  parseFile(text, "autopilot.toml", AUTOPILOT_KIND);

/** Problems as `severity file:line:column message | hint`. */
export function lines(loaded: Pick<Loaded<unknown>, "problems">): string[] {
  return loaded.problems.map((problem) =>
    `${problem.severity} ${placeOf(problem)} ${problem.message}${problem.hint ? ` | ${problem.hint}` : ""}`
  );
}
