import { EXIT, UserError } from "../domain/error.ts";
import { PathError } from "../host/inspection.ts";
import { pathTrouble } from "./path_trouble.ts";

/** What a command cannot start without: where that fails, nothing has run, and the command ends with 2. */
export async function startingUp<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PathError) throw pathTrouble(error, EXIT.usage);
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.message, {
      ...error.hint !== undefined && { hint: error.hint },
      exitCode: EXIT.usage,
      cause: error,
    });
  }
}
