import { decodeEntities } from "./html_entities.ts";

/** A piece of a page. Names are in small letters. */
export type HtmlToken =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "open"; readonly name: string; readonly attributes: ReadonlyMap<string, string> }
  | { readonly kind: "close"; readonly name: string };

/** What is inside is no markup and nothing to read. */
const RAW = new Set([
  "script",
  "style",
  "template",
  "noscript",
  "iframe",
  "svg",
  "textarea",
  "title",
  "object",
]);

/** The pieces of a page in order, without what is inside `RAW`. Every character is looked at once. */
export function* htmlTokens(html: string): Generator<HtmlToken> {
  let at = 0;
  let textFrom = 0;
  while (at < html.length) {
    const open = html.indexOf("<", at);
    if (open < 0) break;
    const tag = /[a-zA-Z/!?]/.test(html[open + 1] ?? "") ? readTag(html, open) : undefined;
    at = tag?.end ?? open + 1;
    if (!tag) continue;
    if (open > textFrom) yield { kind: "text", text: decodeEntities(html.slice(textFrom, open)) };
    textFrom = at;
    if (!tag.token) continue;
    if (tag.token.kind === "open" && RAW.has(tag.token.name)) {
      at = textFrom = endOfRaw(html, at, tag.token.name);
    } else yield tag.token;
  }
  if (textFrom < html.length) yield { kind: "text", text: decodeEntities(html.slice(textFrom)) };
}

interface Tag {
  /** Absent for comments and declarations. */
  readonly token?: HtmlToken;
  readonly end: number;
}

function readTag(html: string, open: number): Tag {
  if (html.startsWith("<!--", open)) return { end: after(html, "-->", open + 4) };
  if (html[open + 1] === "!" || html[open + 1] === "?") return { end: after(html, ">", open) };
  const closes = html[open + 1] === "/";
  let at = open + (closes ? 2 : 1);
  const nameFrom = at;
  while (at < html.length && !/[\s/>]/.test(html[at]!)) at++;
  const name = html.slice(nameFrom, at).toLowerCase();
  const attributes = new Map<string, string>();
  while (at < html.length && html[at] !== ">") {
    if (/[\s/]/.test(html[at]!)) at++;
    else at = readAttribute(html, at, attributes);
  }
  const token: HtmlToken = closes ? { kind: "close", name } : { kind: "open", name, attributes };
  return { token, end: Math.min(at + 1, html.length) };
}

/** Reads `name`, `name=value` or `name="value"`; gives where it ends. */
function readAttribute(html: string, from: number, attributes: Map<string, string>): number {
  let at = from + 1;
  while (at < html.length && !/[\s/>=]/.test(html[at]!)) at++;
  const name = html.slice(from, at).toLowerCase();
  if (html[at] !== "=") return at;
  at++;
  const quote = html[at];
  if (quote === '"' || quote === "'") {
    const end = html.indexOf(quote, at + 1);
    const value = html.slice(at + 1, end < 0 ? html.length : end);
    attributes.set(name, decodeEntities(value));
    return end < 0 ? html.length : end + 1;
  }
  const valueFrom = at;
  while (at < html.length && !/[\s>]/.test(html[at]!)) at++;
  attributes.set(name, decodeEntities(html.slice(valueFrom, at)));
  return at;
}

function endOfRaw(html: string, from: number, name: string): number {
  const end = new RegExp(`</${name}[\\s/>]`, "gi");
  end.lastIndex = from;
  const found = end.exec(html);
  return found ? after(html, ">", found.index) : html.length;
}

/** Behind the next `mark`; the end where there is none. */
function after(html: string, mark: string, from: number): number {
  const found = html.indexOf(mark, from);
  return found < 0 ? html.length : found + mark.length;
}
