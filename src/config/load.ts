/**
 * From a TOML file to a checked value and the list of everything that is wrong with it.
 *
 * Reading is forgiving so that one mistake does not hide the rest: the smallest part that can stand alone (one
 * profile, one schedule, one channel, one section) is left out when it is wrong, and the reason is kept under
 * its name in `broken`. Using is strict: whoever needs a part that is in `broken` must refuse.
 *
 * @module
 */
import { parse, TomlError } from "smol-toml";
import type * as z from "zod";
import { type Inspection, PathError } from "../host/inspection.ts";
import { shellWord } from "../host/shell_word.ts";
import { explain, type Explained } from "./explain.ts";
import { type ConfigProblem, type KeyPath, partName } from "./problem.ts";
import { nestsBeyond } from "./raw_tables.ts";
import { type Position, TomlPositions } from "./toml_positions.ts";

export interface Loaded<T> {
  /** The path as messages show it. */
  readonly file: string;
  readonly exists: boolean;
  /** The file's parts that are right; empty when the file is missing or cannot be parsed. */
  readonly value: T;
  /** What was written, unchecked; only for naming broken parts. */
  readonly raw: unknown;
  readonly problems: readonly ConfigProblem[];
  /** The parts left out, by `partName` (`profiles.ops`, `schedules[2]`), each with its first error. `""` is the whole file. */
  readonly broken: ReadonlyMap<string, ConfigProblem>;
  /** Where a key, or the closest part around it, is written. */
  place(path: KeyPath): Position | undefined;
}

/** What is particular to one of the two files. */
export interface FileKind<T> {
  readonly schema: z.ZodType<T>;
  /** Lists whose elements, and tables whose entries, stand alone. */
  readonly separate: readonly string[];
  /** Checks beyond the schema, over what was written. */
  check(raw: unknown): readonly Explained[];
}

/** What each kind of file came to when it was last read: a service reads both for every run, and they seldom change. */
const lastRead = new WeakMap<object, { readonly text: string; readonly loaded: Loaded<unknown> }>();

/** Loads `path`. Never rejects: a file that cannot be read is a problem of the whole file. */
export async function loadFile<T>(
  host: Inspection,
  path: string,
  shown: string,
  kind: FileKind<T>,
): Promise<Loaded<T>> {
  try {
    const text = await host.readText(path);
    if (text !== undefined) return readAs(text, shown, kind);
    if (!await host.linkStatus(path)) return unusable(shown, kind, false);
    return unusable(shown, kind, true, { message: "is a link to a file that does not exist" });
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    const hint = `see where it leads and who may read it: ls -ld ${shellWord(path)}`;
    return unusable(shown, kind, true, { message: `cannot be read: ${error.reason}`, hint });
  }
}

/** The same as before for the very same text. */
function readAs<T>(text: string, shown: string, kind: FileKind<T>): Loaded<T> {
  const last = lastRead.get(kind);
  if (last?.text === text && last.loaded.file === shown) return last.loaded as Loaded<T>;
  const loaded = parseFile(text, shown, kind);
  lastRead.set(kind, { text, loaded });
  return loaded;
}

/** Far beyond every key there is, and far below what a walk over the tables can take. */
const MAX_LEVELS = 64;

/** Parses and checks the text of a file. */
export function parseFile<T>(text: string, shown: string, kind: FileKind<T>): Loaded<T> {
  let raw: unknown;
  try {
    raw = parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const reason = error.message.split("\n")[0]!.replace("Invalid TOML document: ", "");
    const { line, column } = error;
    return unusable(shown, kind, true, {
      message: `is not TOML: ${reason}`,
      line,
      column,
      hint: syntaxHint(reason),
    });
  }
  if (nestsBeyond(raw, MAX_LEVELS)) {
    return unusable(shown, kind, true, {
      message: `is nested more than ${MAX_LEVELS} levels deep`,
      hint: "no key of this file needs more than 6: compare with: stakpak config sample",
    });
  }
  const place = placesIn(text);
  // Our own words are made in `explain`; those of the library stumble over a table named "constructor".
  const result = kind.schema.safeParse(raw, { error: ({ code }) => code });
  const issues = result.success ? [] : result.error.issues;
  const found = [...issues.flatMap((issue) => explain(issue, raw, kind.schema)), ...kind.check(raw)];
  if (result.success && found.length === 0) {
    return { file: shown, exists: true, value: result.data, raw, problems: [], broken: new Map(), place };
  }
  const problems = found.map(({ path, unknown: _, ...problem }) => ({
    ...problem,
    file: shown,
    ...place(path),
  }));
  return { file: shown, exists: true, raw, problems, place, ...withoutBroken(raw, found, problems, kind) };
}

/** The value with every broken part left out. `problems[i]` is `found[i]` with its place. */
function withoutBroken<T>(
  raw: unknown,
  found: readonly Explained[],
  problems: readonly ConfigProblem[],
  kind: FileKind<T>,
): Pick<Loaded<T>, "value" | "broken"> {
  const broken = new Map<string, ConfigProblem>();
  const kept = structuredClone(raw);
  for (const [index, { path, severity, unknown }] of found.entries()) {
    const part = severity === "error" ? standalonePart(path, kind) : path;
    if (severity === "error" && !broken.has(partName(part))) broken.set(partName(part), problems[index]!);
    if (severity === "error" || unknown) blank(kept, part);
  }
  return { value: kind.schema.parse(compact(kept, kind)), broken };
}

/** The positions of a text, looked up only when somebody asks. */
function placesIn(text: string): (path: KeyPath) => Position | undefined {
  let places: TomlPositions | "unknown" | undefined;
  return (path) => {
    places ??= positionsOf(text) ?? "unknown";
    return places === "unknown" ? undefined : places.of(path);
  };
}

function positionsOf(text: string): TomlPositions | undefined {
  try {
    return new TomlPositions(text);
  } catch {
    // The two parsers differ on a corner of the language: the message stands without a line.
    return undefined;
  }
}

/** The smallest part around `path` that can be left out alone. */
function standalonePart<T>(path: KeyPath, kind: FileKind<T>): KeyPath {
  return kind.separate.includes(String(path[0])) && path.length > 1 ? path.slice(0, 2) : path.slice(0, 1);
}

function blank(root: unknown, path: KeyPath): void {
  const parent = path.slice(0, -1).reduce<unknown>(
    (at, part) => (at as Record<string, unknown> | undefined)?.[part],
    root,
  );
  if (parent === null || typeof parent !== "object") return;
  const last = path.at(-1)!;
  // An element keeps its place until all are known, so that later indexes stay right.
  if (Array.isArray(parent)) parent[Number(last)] = undefined;
  else delete (parent as Record<string, unknown>)[last];
}

function compact<T>(root: unknown, kind: FileKind<T>): unknown {
  const table = root as Record<string, unknown>;
  for (const name of kind.separate) {
    const list = table[name];
    if (Array.isArray(list)) table[name] = list.filter((element) => element !== undefined);
  }
  return table;
}

function unusable<T>(
  file: string,
  kind: FileKind<T>,
  exists: boolean,
  problem?: Partial<ConfigProblem>,
): Loaded<T> {
  const empty = { file, exists, value: kind.schema.parse({}), raw: {}, place: () => undefined };
  if (!problem) return { ...empty, problems: [], broken: new Map() };
  const whole = { severity: "error", file, key: "", message: "", ...problem } satisfies ConfigProblem;
  return { ...empty, problems: [whole], broken: new Map([["", whole]]) };
}

function syntaxHint(reason: string): string {
  if (reason.includes("redefine")) return "the same key or table stands there twice: keep one";
  if (reason.includes("invalid value")) return 'put texts in quotes: key = "value"';
  return "see https://toml.io/en/v1.0.0, or compare with: stakpak config sample";
}
