/**
 * Where new text goes into a TOML text, and how it is spelled there. Pure: a text in, splices out.
 *
 * A function answers with a reason, which completes "Cannot edit KEY: …", where it cannot say for sure.
 *
 * @module
 */
import type { AST } from "toml-eslint-parser";
import { type KeyPath, keyText } from "./problem.ts";
import { lastOf, lineEnd, lineStart, samePath, tableEnd, type TomlSource, within } from "./toml_source.ts";
import { entryLines, inlineTable, type TomlEntries, tomlKey } from "./toml_value.ts";

/** The text from `from` to `to` gives way to `text`. */
export interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Adds `key = value` to `table`, in the form that the table has already; makes the table if there is none. */
export function insertPair(
  source: TomlSource,
  table: KeyPath,
  key: string,
  value: string,
): Splice[] | string {
  const inline = source.inlines.find(({ path }) => samePath(path, table))?.node;
  if (inline) return intoInline(inline, `${tomlKey([key])} = ${value}`);
  const header = source.tables.find(({ resolvedKey }) => samePath(resolvedKey, table));
  if (header) {
    return afterLine(source, lastOf(header), `${tomlKey([key])} = ${value}`, header.body.length > 0);
  }
  if (table.length === 0) return atTop(source, `${tomlKey([key])} = ${value}`);
  const sibling = source.pairs.findLast(({ base, path }) =>
    base.length < table.length && path.length > table.length && within(path, table)
  );
  if (!sibling) return createTable(source, table, [`${tomlKey([key])} = ${value}`]);
  const { node, base } = sibling;
  const prefix = source.text.slice(
    node.key.range[0],
    node.key.keys[table.length - base.length - 1]!.range[1],
  );
  const pair = `${prefix}.${tomlKey([key])} = ${value}`;
  if (node.parent.type === "TOMLInlineTable") return [insert(node.range[1], `, ${pair}`)];
  return afterLine(source, node, pair, true);
}

/** A new table with `entries`: beside its siblings, or at the end. */
export function insertTable(source: TomlSource, table: KeyPath, entries: TomlEntries): Splice[] | string {
  const around = closestInline(source, table);
  if (!around) return createTable(source, table, entryLines(entries));
  return intoInline(around.node, `${tomlKey(table.slice(around.path.length))} = ${inlineTable(entries)}`);
}

/** One more `[[table]]`: after the last one, or at the end. */
export function insertElement(source: TomlSource, table: KeyPath, entries: TomlEntries): Splice[] {
  const last = source.tables.findLast(({ resolvedKey }) =>
    within(resolvedKey, table) && typeof resolvedKey[table.length] === "number"
  );
  return [block(source, last, [`[[${tomlKey(table)}]]`, ...entryLines(entries)])];
}

function createTable(source: TomlSource, table: KeyPath, lines: readonly string[]): Splice[] | string {
  if (table.some((part) => typeof part === "number")) return "there is no such element";
  const around = closestInline(source, table);
  if (around) return intoInline(around.node, `${tomlKey(table.slice(around.path.length))} = { ${lines[0]} }`);
  const scalar = source.pairs.find(({ path, node }) =>
    within(table, path) && node.value.type !== "TOMLInlineTable"
  );
  if (scalar) return `${keyText(scalar.path)} is a value, must be a table`;
  const parent = table.slice(0, -1);
  const sibling = parent.length > 0
    ? source.tables.findLast(({ resolvedKey }) => within(resolvedKey, parent))
    : undefined;
  return [block(source, sibling, [`[${tomlKey(table)}]`, ...lines])];
}

function closestInline(source: TomlSource, table: KeyPath) {
  return source.inlines.findLast(({ path }) => within(table, path));
}

function intoInline(node: AST.TOMLInlineTable | AST.TOMLArray, pair: string): Splice[] | string {
  if (node.type === "TOMLArray") return "it is a list, must be a table";
  const last = node.body.at(-1);
  return last
    ? [insert(last.range[1], `, ${pair}`)]
    : [{ from: node.range[0], to: node.range[1], text: `{ ${pair} }` }];
}

/** Before any header, so after the last of the pairs there. */
function atTop(source: TomlSource, line: string): Splice[] {
  const last = source.pairs.findLast(({ base, node }) =>
    base.length === 0 && node.parent.type === "TOMLTopLevelTable"
  );
  if (last) return afterLine(source, last.node, line, true);
  const first = source.tables[0];
  return [newLines(source, first ? lineStart(source.text, first.range[0]) : source.text.length, [line])];
}

function afterLine(source: TomlSource, node: AST.TOMLNode, line: string, indented: boolean): Splice[] {
  const { text } = source;
  const start = lineStart(text, node.range[0]);
  const indent = indented ? text.slice(start, node.range[0]) : "";
  return [newLines(source, lineEnd(text, node.range[1]), [indent + line])];
}

/** A table after `table` or at the end, with one blank line before it. */
function block(source: TomlSource, table: AST.TOMLTable | undefined, lines: readonly string[]): Splice {
  const at = table ? tableEnd(source, table) : source.text.length;
  return newLines(source, at, at === 0 ? lines : ["", ...lines]);
}

/** Whole lines at the start of a line, or at the end of a file whose last line has no end and keeps none. */
function newLines({ text, newline }: TomlSource, at: number, lines: readonly string[]): Splice {
  const added = lines.join(newline);
  return insert(at, at > 0 && text[at - 1] !== "\n" ? newline + added : added + newline);
}

function insert(at: number, text: string): Splice {
  return { from: at, to: at, text };
}
