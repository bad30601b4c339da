import { describeSource, readSecret, type SecretSource } from "../config/secret_source.ts";
import { UserError } from "../domain/error.ts";
import { type Inspection, PathError } from "../host/inspection.ts";

/** Why the credential behind `source` cannot be used: a phrase, `undefined` when it can. Never the value. */
export async function secretProblem(source: SecretSource, host: Inspection): Promise<string | undefined> {
  try {
    if (await readSecret(source, host)) return undefined;
    const why = source.from === "environment" ? "is not set" : "is empty or not there";
    return `${describeSource(source)} ${why}`;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    if (error instanceof PathError) return `${describeSource(source)} cannot be read: ${error.reason}`;
    throw error;
  }
}
