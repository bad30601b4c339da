/**
 * Which bytes go when a key or a table of a TOML text goes. Pure: a text in, splices out.
 *
 * @module
 */
import type { AST } from "toml-eslint-parser";
import type { KeyPath } from "./problem.ts";
import type { Splice } from "./toml_insert.ts";
import {
  lineEnd,
  lineStart,
  type Pair,
  samePath,
  tableEnd,
  tableStart,
  type TomlSource,
  within,
} from "./toml_source.ts";

/** Removes `key = value`: its lines, or its part of an inline table. */
export function removePair(source: TomlSource, { node }: Pair): Splice[] | string {
  const { parent } = node;
  if (parent.type === "TOMLInlineTable") return removePart(source, parent.body, node);
  return [cut(source, lineStart(source.text, node.range[0]), lineEnd(source.text, node.range[1]))];
}

/** Removes an element of a list written `[ … ]`. */
export function removeElement(source: TomlSource, path: KeyPath): Splice[] | string {
  const list = source.inlines.find((inline) => samePath(inline.path, path.slice(0, -1)))?.node;
  const element = list?.type === "TOMLArray" ? list.elements[Number(path.at(-1))] : undefined;
  if (list?.type !== "TOMLArray" || !element) return [];
  return removePart(source, list.elements, element);
}

/** Removes every header at or below `path`, with what stands under it. */
export function removeTables(source: TomlSource, path: KeyPath): Splice[] {
  const { tables } = source;
  const doomed = (index: number) => index in tables && within(tables[index]!.resolvedKey, path);
  return tables.flatMap((first, index) => {
    if (!doomed(index) || doomed(index - 1)) return [];
    let last = index;
    while (doomed(last + 1)) last++;
    return [removeBlock(source, tableStart(source, first), tableEnd(source, tables[last]!))];
  });
}

/** Removes the lines of an empty `key = []`, and the blank line that they would leave behind. */
export function removeEmptyList(source: TomlSource, { node }: Pair): Splice[] {
  const { text } = source;
  const from = lineStart(text, node.range[0]);
  const to = lineEnd(text, node.range[1]);
  const lonely = from === 0 || isBlank(text, lineStart(text, from - 1));
  return [cut(source, from, lonely && isBlank(text, to) ? lineEnd(text, to) : to)];
}

/** A block goes with the blank line before it; at the start of the file with the one after it. */
function removeBlock(source: TomlSource, from: number, to: number): Splice {
  const { text } = source;
  if (from === 0) return cut(source, 0, isBlank(text, to) ? lineEnd(text, to) : to);
  const above = lineStart(text, from - 1);
  return cut(source, isBlank(text, above) ? above : from, to);
}

/** A part of a comma-separated list goes with the comma after it; the last one with the comma before it. */
function removePart(
  { comments }: TomlSource,
  parts: readonly AST.TOMLNode[],
  part: AST.TOMLNode,
): Splice[] | string {
  const index = parts.indexOf(part);
  const before = parts[index - 1];
  const after = parts[index + 1];
  const from = !after && before ? before.range[1] : part.range[0];
  const to = after ? after.range[0] : part.range[1];
  if (comments.some(({ range }) => range[0] >= from && range[1] <= to)) {
    return "there are comments around it that would be lost";
  }
  return [{ from, to, text: "" }];
}

/** Whole lines; a file whose last line has no end keeps none. */
function cut({ text }: TomlSource, from: number, to: number): Splice {
  if (to < text.length || text.endsWith("\n")) return { from, to, text: "" };
  return { from: from - /\r?\n$|$/.exec(text.slice(0, from))![0].length, to, text: "" };
}

function isBlank(text: string, start: number): boolean {
  return start < text.length && text.slice(start, lineEnd(text, start)).trim() === "";
}
