/**
 * A web page as Markdown: what a reader would read, in one pass, however deep it is nested.
 *
 * @module
 */
import { type HtmlToken, htmlTokens } from "./html_tokens.ts";
import { type MarkdownWriter, markdownWriter } from "./markdown_writer.ts";

type Open = Extract<HtmlToken, { kind: "open" }>;

const BLOCKS = new Set(
  ("address article aside body details dialog div dl fieldset figcaption figure footer form header main nav p " +
    "section summary table ul ol pre blockquote hr h1 h2 h3 h4 h5 h6").split(" "),
);
const LINES = new Set(["br", "dt", "dd", "li", "tr", "caption", "option"]);
const MARKS: Readonly<Record<string, string>> = { b: "**", strong: "**", i: "*", em: "*", code: "`" };
/** Lists within lists are not drawn deeper. */
const INDENT_MAX = 8;

/** A page of links is longer than what it was made from; what is beyond is dropped. */
const MARKDOWN_CHARACTERS_MAX = 10 * 1024 * 1024;

/** How far the page is read. */
interface Page {
  readonly writer: MarkdownWriter;
  /** Resolves the links of the page. */
  readonly base: string;
  /** The next number of every open list; `undefined` for bullets. */
  readonly lists: (number | undefined)[];
  /** Where every open link leads; `undefined` for those that are not shown. */
  readonly links: (string | undefined)[];
  quotes: number;
  inHead: boolean;
  inPre: boolean;
  /** Cells of the present row so far; `undefined` outside rows. */
  cells: number | undefined;
  isFirstRow: boolean;
}

/** @param base the address of the page */
export function htmlToMarkdown(html: string, base: string): string {
  const writer = markdownWriter();
  const page: Page = {
    writer,
    base,
    lists: [],
    links: [],
    quotes: 0,
    inHead: false,
    inPre: false,
    cells: undefined,
    isFirstRow: false,
  };
  for (const token of htmlTokens(html)) {
    if (writer.size > MARKDOWN_CHARACTERS_MAX) break;
    if (token.kind === "open") {
      if (token.name === "head" || token.name === "body") page.inHead = token.name === "head";
      if (!page.inHead) open(page, token);
    } else if (token.kind === "close") {
      if (token.name === "head") page.inHead = false;
      if (!page.inHead) close(page, token.name);
    } else if (page.inPre) writer.verbatim(token.text);
    else if (!page.inHead) writer.text(token.text);
  }
  return writer.toString().trim();
}

function open(page: Page, { name, attributes }: Open): void {
  const { writer, lists, links } = page;
  breakLine(page, name);
  if (/^h[1-6]$/.test(name)) writer.mark(`${"#".repeat(Number(name[1]))} `);
  else if (Object.hasOwn(MARKS, name) && !page.inPre) writer.mark(MARKS[name]!);
  else if (name === "hr" && page.cells === undefined) {
    writer.mark("---");
    writer.newLine(2);
  } else if (name === "ul") lists.push(undefined);
  else if (name === "ol") lists.push(Number(attributes.get("start")) || 1);
  else if (name === "li") writer.mark(bullet(lists));
  else if (name === "blockquote") writer.quote(++page.quotes);
  else if (name === "table") page.isFirstRow = true;
  else if (name === "tr") startRow(page);
  else if (name === "img") image(page, attributes);
  else if (name === "a") {
    links.push(target(page, attributes.get("href")));
    if (links.at(-1) !== undefined) writer.mark("[");
  } else if (name === "pre" && !page.inPre) {
    page.inPre = true;
    writer.mark("```\n");
  }
}

function close(page: Page, name: string): void {
  const { writer, lists, links } = page;
  if (Object.hasOwn(MARKS, name) && !page.inPre) writer.mark(MARKS[name]!);
  else if (name === "ul" || name === "ol") lists.pop();
  else if (name === "blockquote") writer.quote(page.quotes = Math.max(0, page.quotes - 1));
  else if ((name === "td" || name === "th") && page.cells !== undefined) {
    page.cells++;
    writer.text(" ");
    writer.mark("| ");
  } else if (name === "tr") endRow(page);
  else if (name === "a") {
    const link = links.pop();
    if (link !== undefined) writer.mark(`](${link})`);
  } else if (name === "pre" && page.inPre) {
    page.inPre = false;
    writer.mark("\n```");
  }
  if (BLOCKS.has(name)) breakLine(page, name);
}

/** In a table one row is one line, and lists within lists stay close. */
function breakLine({ writer, cells, lists }: Page, name: string): void {
  if (cells !== undefined) return BLOCKS.has(name) || LINES.has(name) ? writer.text(" ") : undefined;
  const isInnerList = (name === "ul" || name === "ol") && lists.length > 0;
  if (LINES.has(name) || isInnerList) writer.newLine(1);
  else if (BLOCKS.has(name)) writer.newLine(2);
}

function bullet(lists: (number | undefined)[]): string {
  const indent = "  ".repeat(Math.min(Math.max(0, lists.length - 1), INDENT_MAX));
  const number = lists.at(-1);
  if (number === undefined) return `${indent}- `;
  lists[lists.length - 1] = number + 1;
  return `${indent}${number}. `;
}

function startRow(page: Page): void {
  page.cells = 0;
  page.writer.newLine(1);
  page.writer.mark("| ");
}

function endRow(page: Page): void {
  const width = page.cells ?? 0;
  page.cells = undefined;
  page.writer.newLine(1);
  if (page.isFirstRow && width > 0) page.writer.mark(`|${" --- |".repeat(width)}`);
  page.isFirstRow = false;
  page.writer.newLine(1);
}

function image(page: Page, attributes: ReadonlyMap<string, string>): void {
  const alt = attributes.get("alt")?.replace(/\s+/g, " ").trim() ?? "";
  const source = target(page, attributes.get("src"));
  if (alt !== "" && source !== undefined) page.writer.mark(`![${alt}](${source})`);
}

function target({ base }: Page, written: string | undefined): string | undefined {
  const url = written === undefined || written.startsWith("#") ? null : URL.parse(written, base);
  return url && /^(https?|mailto):$/.test(url.protocol) ? url.href : undefined;
}
