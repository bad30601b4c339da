import type { AutopilotFile } from "../config/autopilot_schema.ts";
import type { Loaded } from "../config/load.ts";
import { placeOf } from "../config/problem.ts";
import { EXIT, UserError } from "../domain/error.ts";
import type { Cli } from "./cli.ts";

/** `autopilot.toml`, or a {@linkcode UserError} when it cannot be read at all. Broken parts are left to the caller. */
export async function readAutopilot(cli: Cli): Promise<Loaded<AutopilotFile>> {
  return readable(await cli.loadAutopilot());
}

/** `loaded`, or a {@linkcode UserError} when the file cannot be read at all. */
export function readable<T>(loaded: Loaded<T>): Loaded<T> {
  const whole = loaded.broken.get("");
  if (!whole) return loaded;
  throw new UserError(`Cannot read ${placeOf(whole)}: it ${whole.message}`, {
    exitCode: EXIT.usage,
    ...(whole.hint ? { hint: whole.hint } : {}),
  });
}
