/**
 * The same edits on the parsed value as on the text: what an edited text has to mean.
 *
 * @module
 */
import type { KeyPath } from "./problem.ts";
import { isTable } from "./raw_tables.ts";

/** What is at `path` in `value`. */
export function valueAt(value: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>((at, part) => {
    if (Array.isArray(at)) return typeof part === "number" ? at[part] : undefined;
    return isTable(at) && Object.hasOwn(at, part) ? at[part] : undefined;
  }, value);
}

/** `value` with `added` at `path`; tables on the way are made. */
export function withValue(value: unknown, path: KeyPath, added: unknown): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return added;
  if (typeof part === "number") {
    const list: unknown[] = Array.isArray(value) ? [...value] : [];
    list[part] = withValue(list[part], rest, added);
    return list;
  }
  const table = isTable(value) ? value : {};
  return { ...table, [part]: withValue(valueAt(table, [part]), rest, added) };
}

/** `value` without what is at `path`, and without the tables and lists that this leaves empty. */
export function withoutValue(value: unknown, path: KeyPath): unknown {
  const parent = valueAt(value, path.slice(0, -1));
  const part = path.at(-1)!;
  const rest = Array.isArray(parent)
    ? parent.filter((_, index) => index !== part)
    : Object.fromEntries(Object.entries(isTable(parent) ? parent : {}).filter(([key]) => key !== part));
  return withoutEmpty(withValue(value, path.slice(0, -1), rest), path.slice(0, -1));
}

/** `value` without the table or list at `path` if that is empty, and so on outwards. */
export function withoutEmpty(value: unknown, path: KeyPath): unknown {
  if (path.length === 0 || typeof path.at(-1) === "number") return value;
  const at = valueAt(value, path);
  if (at === undefined) return withoutEmpty(value, path.slice(0, -1));
  const empty = Array.isArray(at) ? at.length === 0 : isTable(at) && Object.keys(at).length === 0;
  return empty ? withoutValue(value, path) : value;
}

/** Whether two parsed values are the same, in whatever order their keys stand. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (a instanceof Date && b instanceof Date) return String(a.toJSON()) === String(b.toJSON());
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((element, index) => sameValue(element, b[index]));
  }
  if (!isTable(a) || !isTable(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key], b[key]));
}
