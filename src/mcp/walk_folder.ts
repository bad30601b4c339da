import type { FileStatus, Inspection } from "../host/inspection.ts";
import { directoryOf, isInside } from "../host/path_text.ts";
import { type IgnoreRules, isIgnored, parseIgnoreRules } from "./ignore_rules.ts";

/** Folders that nobody means to look into. */
export const SKIPPED: ReadonlySet<string> = new Set([".git", "node_modules"]);
export const FOLDER_ENTRIES_MAX = 10_000;
const WALK_ENTRIES_MAX = 100_000;

export interface Walked {
  readonly path: string;
  /** From the folder on. */
  readonly name: string;
  readonly kind: FileStatus["kind"];
}

export interface WalkOptions {
  readonly host: Inspection;
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Passes over what the `.gitignore`s say, from this folder down; it is `folder` or above. */
  readonly ignoreFrom?: string;
  /** Told when there is more than 100,000 entries, and the walk ends. */
  onCut(): void;
}

interface RuleSet {
  readonly base: string;
  readonly rules: IgnoreRules;
}

/** Everything in a folder, by name, each folder before what is in it. Links are not followed. */
export async function* walkFolder(options: WalkOptions): AsyncGenerator<Walked> {
  const { host, folder, signal, ignoreFrom, onCut } = options;
  const start: RuleSet[] = [];
  if (ignoreFrom !== undefined) {
    for (let base = folder; isInside(base, ignoreFrom) && base !== "/"; base = directoryOf(base)) {
      start.unshift(...await ruleSet(host, base));
    }
  }
  let seen = 0;
  yield* inside(folder, "", start);

  async function* inside(path: string, prefix: string, sets: readonly RuleSet[]): AsyncGenerator<Walked> {
    for (const { name, kind } of await host.entries(path, FOLDER_ENTRIES_MAX)) {
      signal.throwIfAborted();
      if (++seen > WALK_ENTRIES_MAX) return onCut();
      const entry = { path: `${path}/${name}`, name: prefix + name, kind };
      const isFolder = kind === "directory";
      if (isFolder && SKIPPED.has(name) || passedOver(sets, entry.path, isFolder)) continue;
      yield entry;
      if (!isFolder) continue;
      const more = ignoreFrom === undefined ? [] : await ruleSet(host, entry.path);
      yield* inside(entry.path, `${entry.name}/`, [...sets, ...more]);
    }
  }
}

async function ruleSet(host: Inspection, base: string): Promise<RuleSet[]> {
  try {
    const text = await host.readText(`${base}/.gitignore`);
    return text === undefined ? [] : [{ base, rules: parseIgnoreRules(text) }];
  } catch {
    // One that cannot be read says nothing.
    return [];
  }
}

/** The deepest file that says something decides. */
function passedOver(sets: readonly RuleSet[], path: string, isFolder: boolean): boolean {
  for (const { base, rules } of sets.toReversed()) {
    const answer = isIgnored(rules, path.slice(base.length + 1), isFolder);
    if (answer !== undefined) return answer;
  }
  return false;
}
