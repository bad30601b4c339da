/**
 * Secrets that the two files only point at: variables, files, and what `[secrets]` lists.
 *
 * @module
 */
import type { AutopilotFile } from "../config/autopilot_schema.ts";
import { expandHome } from "../config/paths.ts";
import { readSecret, type SecretSource } from "../config/secret_source.ts";
import { UserError } from "../domain/error.ts";
import { mayReadEnvironment } from "../domain/environment.ts";
import { quotedName, quotedPath } from "../domain/printable.ts";
import { type Inspection, PathError } from "../host/inspection.ts";
import { SECRET_KEY } from "./known_values.ts";
import { looksGenerated } from "./looks_generated.ts";
import type { Redactor } from "./redactor.ts";

/** Every secret that a loaded file names by variable or by path becomes a known value, as far as it can be read. */
export async function addReferencedSecrets(
  redactor: Redactor,
  host: Inspection,
  value: unknown,
): Promise<void> {
  if (value === null || typeof value !== "object") return;
  const { from } = value as { readonly from?: unknown };
  if (from !== "environment" && from !== "file") {
    for (const inner of Object.values(value)) await addReferencedSecrets(redactor, host, inner);
    return;
  }
  try {
    redactor.add((await readSecret(value as SecretSource, host))?.reveal());
  } catch (error) {
    // Whoever uses the secret says why it cannot be read.
    if (!(error instanceof PathError || error instanceof UserError)) throw error;
  }
}

/**
 * Everything that `[secrets]` lists becomes a known value. Answers a sentence for each file and variable that cannot
 * be read: what is in it cannot be redacted. A variable that is not set holds nothing.
 */
export async function addListedSecrets(
  redactor: Redactor,
  host: Inspection,
  home: string,
  { files = [], env = [] }: NonNullable<AutopilotFile["secrets"]>,
): Promise<string[]> {
  const problems: string[] = [];
  for (const name of env) {
    if (mayReadEnvironment(name)) redactor.add(host.env(name));
    else {
      problems.push(
        `Cannot redact what is in ${
          quotedName(name)
        } ([secrets] env): this program may not read it, call it STAKPAK_…`,
      );
    }
  }
  for (const path of files) {
    const reason = await addFile(redactor, host, expandHome(path, home));
    if (reason) problems.push(`Cannot redact what is in ${quotedPath(path)} ([secrets] files): ${reason}`);
  }
  return problems;
}

async function addFile(redactor: Redactor, host: Inspection, path: string): Promise<string | undefined> {
  try {
    const text = await host.readText(path);
    if (text === undefined) return "it does not exist";
    redactor.add(text);
    for (const line of text.split("\n")) for (const secret of secretsOf(line.trim())) redactor.add(secret);
    return undefined;
  } catch (error) {
    if (error instanceof PathError) return error.reason;
    throw error;
  }
}

/** A file may be printed in part: a line of a key, or the value of `NAME=value`. */
function secretsOf(line: string): string[] {
  const [, name, value] = /^(?:export\s+)?["']?([\w.-]+)["']?\s*[:=]\s*["']?(.*?)["']?[,;]?$/.exec(line) ??
    [];
  if (name === undefined || value === undefined) return looksGenerated(line) ? [line] : [];
  const isNamed = SECRET_KEY.test(name.toLowerCase().replaceAll("-", "_"));
  return isNamed || looksGenerated(value) ? [value] : [];
}
