/**
 * `.gitignore`: which paths a search passes over.
 *
 * @module
 */
import { compileGlob } from "./glob.ts";

interface Rule {
  readonly matches: (path: string) => boolean;
  readonly negated: boolean;
  readonly folderOnly: boolean;
}

const MAX_LINE = 500;

/** The rules of one `.gitignore`, for paths relative to its folder. */
export type IgnoreRules = readonly Rule[];

/** What is no rule is passed over, as git does. */
export function parseIgnoreRules(text: string): IgnoreRules {
  return text.split("\n").flatMap((written): Rule[] => {
    if (written.length > MAX_LINE) return [];
    const line = written.replace(/(?<!\\)\s+$/, "");
    if (line === "" || line.startsWith("#")) return [];
    const negated = line.startsWith("!");
    const glob = (negated ? line.slice(1) : line).replace(/^\\(?=[#!])/, "");
    const matches = compileGlob(glob.replace(/(?<=.)\/$/, ""), false);
    return typeof matches === "function" ? [{ matches, negated, folderOnly: glob.endsWith("/") }] : [];
  });
}

/** What the rules say of a path: the last that matches decides; `undefined` when none does. */
export function isIgnored(rules: IgnoreRules, path: string, isFolder: boolean): boolean | undefined {
  const rule = rules.findLast((one) => (isFolder || !one.folderOnly) && one.matches(path));
  return rule && !rule.negated;
}
