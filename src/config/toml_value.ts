import { stringify } from "smol-toml";
import type { KeyPath } from "./problem.ts";

/** A value that an edit can write. Text that is secret is written like any other, and never shown. */
export type TomlValue = string | number | boolean | readonly TomlValue[];

/** The keys of a table to be written; an absent value is not written. */
export type TomlEntries = Readonly<Record<string, TomlValue | undefined>>;

/** `value` as TOML on one line, whatever it holds. */
export function valueText(value: TomlValue): string {
  if (typeof value === "object") return `[${value.map(valueText).join(", ")}]`;
  return stringify({ value }).slice("value = ".length).trimEnd();
}

/** `slack.bot_token`, with quotes only where a part needs them. */
export function tomlKey(path: KeyPath): string {
  return path.map((part) => /^[\w-]+$/.test(String(part)) ? part : valueText(String(part))).join(".");
}

/** `key = value`, one for each entry that has a value. */
export function entryLines(entries: TomlEntries): string[] {
  return Object.entries(entries).flatMap(([key, value]) =>
    value === undefined ? [] : [`${tomlKey([key])} = ${valueText(value)}`]
  );
}

/** `{ key = value, … }` */
export function inlineTable(entries: TomlEntries): string {
  const lines = entryLines(entries);
  return lines.length === 0 ? "{}" : `{ ${lines.join(", ")} }`;
}
