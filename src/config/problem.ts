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

/** `schedules[2].cron` */
export function keyText(path: KeyPath): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    const name = /^[A-Za-z0-9_-]{1,40}$/.test(part) ? part : `"${part.slice(0, 40)}"`;
    return text === "" ? name : `${text}.${name}`;
  }, "");
}
