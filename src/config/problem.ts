import { quotedName } from "../domain/printable.ts";

/** One finding about a configuration file: what, where, actual, wanted, what to do. */
export interface ConfigProblem {
  /** An error makes the named part unusable; a warning does not. */
  readonly severity: "error" | "warning";
  readonly file: string;
  /** 1-based; absent when the problem has no place in the text. */
  readonly line?: number;
  readonly column?: number;
  /** The part it is about: `schedules[2].cron`, `profiles.ops`. */
  readonly key: string;
  readonly message: string;
  readonly hint?: string;
  /** Set for old spellings that still work, so that doctor can list them apart. */
  readonly deprecated?: true;
}

export type KeyPath = readonly (string | number)[];

/** `file:line:column`, as editors and terminals make clickable. */
export function placeOf({ file, line, column }: ConfigProblem): string {
  return line === undefined ? file : `${file}:${line}:${column ?? 1}`;
}

/** `schedules[2].cron`, for messages: a key that may be a misplaced credential is not repeated. */
export function keyText(path: KeyPath): string {
  return joined(path, (name) => {
    const shown = quotedName(name);
    if (shown === `"${name}"`) return BARE.test(name) ? name : shown;
    return `(key of ${name.length} characters, not shown)`;
  });
}

/** `schedules[2]`, `profiles."my team"`: names one part of a file exactly, as in `Loaded.broken`. Not for messages. */
export function partName(path: KeyPath): string {
  return joined(path, (name) => BARE.test(name) ? name : JSON.stringify(name));
}

const BARE = /^[A-Za-z0-9_-]+$/;

function joined(path: KeyPath, nameOf: (name: string) => string): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? nameOf(part) : `${text}.${nameOf(part)}`;
  }, "");
}
