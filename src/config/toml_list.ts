/**
 * One value of a list written `[ … ]`: where it goes in, and which bytes go with it. Pure: a text in, splices out.
 *
 * @module
 */
import type { AST } from "toml-eslint-parser";
import type { KeyPath } from "./problem.ts";
import type { Splice } from "./toml_insert.ts";
import { removeElement } from "./toml_remove.ts";
import { lineEnd, lineStart, samePath, type TomlSource } from "./toml_source.ts";

/** Adds `value` (as TOML) behind the last one of the list at `path`: on a line of its own where that has one. */
export function appendValue(source: TomlSource, path: KeyPath, value: string): Splice[] | string {
  const list = listAt(source, path);
  if (!list) return "it is not a list in brackets";
  const last = list.elements.at(-1);
  if (!last) return [insert(list.range[0] + 1, value)];
  const { text, newline } = source;
  const start = lineStart(text, last.range[0]);
  const indent = text.slice(start, last.range[0]);
  const comma = commaAfter(source, list, last);
  const next = lineEnd(text, comma ?? last.range[1]);
  if (indent.trim() !== "" || next >= list.range[1]) return [insert(last.range[1], `, ${value}`)];
  return [
    ...(comma === undefined ? [insert(last.range[1], ",")] : []),
    insert(next, `${indent}${value}${comma === undefined ? "" : ","}${newline}`),
  ];
}

/** Removes a value: with its line, and a comment behind it, where it has one of its own. */
export function removeValue(source: TomlSource, path: KeyPath): Splice[] | string {
  const list = listAt(source, path.slice(0, -1));
  const element = list?.elements[Number(path.at(-1))];
  if (!list || !element) return "there is no such value";
  const { text, comments } = source;
  const [from, to] = [lineStart(text, element.range[0]), lineEnd(text, element.range[1])];
  const comment = comments.find(({ range }) => range[0] >= element.range[1] && range[0] < to);
  const behind = text.slice(element.range[1], comment?.range[0] ?? to);
  const alone = text.slice(from, element.range[0]).trim() === "" && /^\s*,?\s*$/.test(behind);
  return alone && to < list.range[1] ? [{ from, to, text: "" }] : removeElement(source, path);
}

function listAt(source: TomlSource, path: KeyPath): AST.TOMLArray | undefined {
  const node = source.inlines.find((inline) => samePath(inline.path, path))?.node;
  return node?.type === "TOMLArray" ? node : undefined;
}

/** Where the comma behind the last value is, if there is one. */
function commaAfter(
  { text, comments }: TomlSource,
  list: AST.TOMLArray,
  last: AST.TOMLNode,
): number | undefined {
  for (let at = last.range[1]; at < list.range[1]; at++) {
    const comment = comments.find(({ range }) => range[0] === at);
    if (comment) at = comment.range[1];
    if (text[at] === ",") return at;
  }
  return undefined;
}

function insert(at: number, text: string): Splice {
  return { from: at, to: at, text };
}
