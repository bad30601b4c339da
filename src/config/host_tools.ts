import { EXIT, UserError } from "../domain/error.ts";
import type { AutopilotFile } from "./autopilot_schema.ts";
import type { Loaded } from "./load.ts";
import { placeOf } from "./problem.ts";

/**
 * Why nothing may start with `host_tools` as it is written: beside a channel it would give this machine's shell to
 * whoever writes there. Source: issue 5 §4.
 */
export function checkHostTools({ problems }: Pick<Loaded<AutopilotFile>, "problems">): UserError | undefined {
  const problem = problems.find(({ severity, key }) => severity === "error" && key === "server.host_tools");
  if (!problem) return undefined;
  return new UserError(`Cannot start (${placeOf(problem)}): ${problem.message}`, {
    hint: problem.hint ?? "remove host_tools from [server]",
    exitCode: EXIT.usage,
  });
}
