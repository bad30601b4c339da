/**
 * Turns what zod found into words: key, actual value, wanted value, nearest key for a typo.
 *
 * @module
 */
import * as z from "zod";
import { nearest } from "../domain/nearest.ts";
import { describe, quoted, quotedName } from "../domain/printable.ts";
import { type ConfigProblem, type KeyPath, keyText } from "./problem.ts";

type Issue = z.core.$ZodIssue;

/** A problem whose file and place are still to be filled in. */
export interface Explained extends Pick<ConfigProblem, "severity" | "key" | "message" | "hint"> {
  readonly path: KeyPath;
  /** Set where the schema does not know the key at all. */
  readonly unknown?: true;
}

const KINDS: Readonly<Record<string, string>> = {
  string: "a text in quotes",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a table",
  record: "a table",
  date: "a date",
};

/** One issue may name several unknown keys; each becomes a problem of its own. */
export function explain(issue: Issue, raw: unknown, schema: z.ZodType): Explained[] {
  const path = issue.path as KeyPath;
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey([...path, key], schema));
  const actual = valueAt(raw, path);
  const key = keyText(path);
  if (actual === undefined) {
    return [{ severity: "error", path, key, message: `${key} is missing, ${wantedBy(issue, actual)}` }];
  }
  const options = optionsOf(issue);
  const guess = typeof actual === "string" ? nearest(actual, options) : undefined;
  const message = speaksForItself(issue)
    ? `${key} ${described(actual)}${issue.message}`
    : `${key} is ${describe(actual)}, ${wantedBy(issue, actual)}`;
  return [{ severity: "error", path, key, message, ...(guess ? { hint: `did you mean "${guess}"?` } : {}) }];
}

/** Messages of `cronProblem` are whole predicates ("has 4 fields, …"); the others only name what is wanted. */
function speaksForItself(issue: Issue): boolean {
  return issue.code === "custom" && !issue.message.startsWith("must ");
}

function described(actual: unknown): string {
  return typeof actual === "string" ? `${quoted(actual)} ` : "";
}

function wantedBy(issue: Issue, actual: unknown): string {
  if (issue.message.startsWith("must ")) return issue.message;
  const options = optionsOf(issue);
  if (options.length > 0) return `must be ${options.map((option) => `"${option}"`).join(" or ")}`;
  if (issue.code === "invalid_type") return `must be ${KINDS[issue.expected] ?? `a ${issue.expected}`}`;
  if (issue.code === "invalid_union") {
    const wanted = issue.errors.flat().map((inner) => wantedBy(inner, actual).replace(/^must be /, ""));
    return `must be ${[...new Set(wanted)].join(", or ")}`;
  }
  return issue.code === "too_small" ? "must not be blank" : "must be another value";
}

function optionsOf(issue: Issue): string[] {
  if (issue.code === "invalid_value") return issue.values.map(String);
  if (issue.code === "invalid_union" && "options" in issue && Array.isArray(issue.options)) {
    return issue.options.map(String);
  }
  return [];
}

/** Without them a run may do more, spend more or say more: what looks like one is not passed over. */
const LIMITS: ReadonlySet<string> = new Set([
  "allowed_tools",
  "tokens_per_run",
  "tokens_per_day",
  "files",
  "env",
]);

function unknownKey(path: KeyPath, schema: z.ZodType): Explained {
  const key = String(path.at(-1));
  const guess = nearest(key, keysAt(schema, path.slice(0, -1)));
  const where = path.length > 1 ? ` in ${keyText(path.slice(0, -1))}` : "";
  return {
    severity: guess !== undefined && LIMITS.has(guess) ? "error" : "warning",
    path,
    unknown: true,
    key: keyText(path),
    message: `unknown key ${quotedName(key)}${where}, it has no effect`,
    hint: guess ? `did you mean "${guess}"?` : "remove it, or see: stakpak config sample",
  };
}

function valueAt(raw: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      value !== null && typeof value === "object" ? (value as Record<string, unknown>)[part] : undefined,
    raw,
  );
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

/** The keys that `schema` knows at `path`. */
export function keysAt(schema: z.ZodType, path: KeyPath): string[] {
  const root = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
  const reached = path.reduce<JsonSchema[]>((nodes, part) => nodes.flatMap((node) => stepInto(node, part)), [
    root,
  ]);
  return [...new Set(reached.flatMap(alternatives).flatMap((node) => Object.keys(node.properties ?? {})))];
}

function alternatives(node: JsonSchema): JsonSchema[] {
  return [node, ...(node.anyOf ?? []), ...(node.oneOf ?? [])];
}

function stepInto(node: JsonSchema, part: string | number): JsonSchema[] {
  return alternatives(node).flatMap((alternative) => {
    if (typeof part === "number") return alternative.items ?? [];
    const property = alternative.properties?.[part] ?? alternative.additionalProperties;
    return typeof property === "object" ? property : [];
  });
}
