import { EXIT, UserError } from "../domain/error.ts";
import { LaunchFailed } from "./box.ts";

/** A launch that failed, as its user is told; anything else as it is. */
export function noSandbox(error: unknown): unknown {
  if (!(error instanceof LaunchFailed)) return error;
  const { message, hint } = error;
  return new UserError(message, { exitCode: EXIT.usage, cause: error, ...(hint !== undefined && { hint }) });
}
