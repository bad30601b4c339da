/**
 * A TOML text with the place of everything in it: which bytes are which key, table, list and comment.
 *
 * @module
 */
import { type AST, parseTOML } from "toml-eslint-parser";
import type { KeyPath } from "./problem.ts";

/** `key = value`. */
export interface Pair {
  readonly path: KeyPath;
  /** The path of the table that it is written in: its header, or the inline table around it. */
  readonly base: KeyPath;
  readonly node: AST.TOMLKeyValue;
}

/** `{ … }` or `[ … ]` as a value. */
export interface Inline {
  readonly path: KeyPath;
  readonly node: AST.TOMLInlineTable | AST.TOMLArray;
}

export interface TomlSource {
  readonly text: string;
  readonly newline: string;
  /** `[table]` and `[[table]]` in the order of the text; elements of the latter have their index in the path. */
  readonly tables: readonly AST.TOMLTable[];
  readonly pairs: readonly Pair[];
  readonly inlines: readonly Inline[];
  readonly comments: readonly AST.Comment[];
}

/** Indexes `text`, which has no byte order mark. Throws the parser's error. */
export function tomlSource(text: string): TomlSource {
  const { body: [top], comments } = parseTOML(text);
  const tables = top.body.filter((node) => node.type === "TOMLTable");
  const pairs: Pair[] = [];
  const inlines: Inline[] = [];
  const walk = (base: KeyPath, body: readonly AST.TOMLKeyValue[]) => {
    for (const node of body) {
      const path = [...base, ...node.key.keys.map((key) => key.type === "TOMLBare" ? key.name : key.value)];
      pairs.push({ path, base, node });
      walkValue(path, node.value);
    }
  };
  const walkValue = (path: KeyPath, node: AST.TOMLContentNode) => {
    if (node.type !== "TOMLInlineTable" && node.type !== "TOMLArray") return;
    inlines.push({ path, node });
    if (node.type === "TOMLInlineTable") return walk(path, node.body);
    node.elements.forEach((element, index) => walkValue([...path, index], element));
  };
  walk([], top.body.filter((node) => node.type === "TOMLKeyValue"));
  for (const table of tables) walk(table.resolvedKey, table.body);
  const newline = /\r?\n/.exec(text)?.[0] ?? "\n";
  return { text, newline, tables, pairs, inlines, comments: comments as readonly AST.Comment[] };
}

/** Whether `path` is `start` or lies inside it. */
export function within(path: KeyPath, start: KeyPath): boolean {
  return path.length >= start.length && start.every((part, index) => part === path[index]);
}

export function samePath(a: KeyPath, b: KeyPath): boolean {
  return a.length === b.length && within(a, b);
}

export function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1;
}

/** Where the line after the one of `at` begins. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end + 1;
}

/**
 * Where a table begins: at the comment lines directly above its header. Comments at the very top of the file
 * are the file's own.
 */
export function tableStart(source: TomlSource, table: AST.TOMLTable): number {
  const header = lineStart(source.text, table.range[0]);
  let start = header;
  while (start > 0) {
    const above = lineStart(source.text, start - 1);
    if (!isComment(source, above)) return start;
    start = above;
  }
  return header;
}

/** Where a table ends: after its last line and the comment lines directly below, unless they are the next one's. */
export function tableEnd(source: TomlSource, table: AST.TOMLTable): number {
  const next = source.tables[source.tables.indexOf(table) + 1];
  const limit = next ? tableStart(source, next) : source.text.length;
  let end = lineEnd(source.text, lastOf(table).range[1]);
  while (end < limit && isComment(source, end)) end = lineEnd(source.text, end);
  return end;
}

/** The last thing in a table: its last pair, or its header. */
export function lastOf(table: AST.TOMLTable): AST.TOMLNode {
  return table.body.at(-1) ?? table.key;
}

/** Whether the line that begins at `start` is only a comment; a line of a text that looks like one is not. */
function isComment({ text, comments }: TomlSource, start: number): boolean {
  const indent = /^[ \t]*/.exec(text.slice(start, lineEnd(text, start)))![0].length;
  return comments.some((comment) => comment.range[0] === start + indent);
}
