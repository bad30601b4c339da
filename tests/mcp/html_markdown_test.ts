import assert from "node:assert/strict";
import { htmlToMarkdown } from "../../src/mcp/html_markdown.ts";
import { test } from "../sanitized.ts";

const markdown = (html: string) => htmlToMarkdown(html, "https://example.com/dir/page");

test("htmlToMarkdown() shows headings, paragraphs and lines", () => {
  const html =
    "<html><head><title>T</title><meta x></head><body><h1>A &amp; B</h1>\n<p>one\n two<p>three<br>four<hr>five";
  assert.equal(markdown(html), "# A & B\n\none two\n\nthree\nfour\n\n---\n\nfive");
});

test("htmlToMarkdown() shows emphasis, links and images", () => {
  const html =
    `an <b>odd</b> <em>word</em>, <code>x</code> <a href="../a?b=1&amp;c">up</a> <img src=i.png alt="an i">`;
  assert.equal(
    markdown(html),
    "an **odd** *word*, `x` [up](https://example.com/a?b=1&c) ![an i](https://example.com/dir/i.png)",
  );
});

test("htmlToMarkdown() shows no links that lead nowhere", () => {
  assert.equal(
    markdown(`<a href="javascript:x()">a</a> <a href="#top">b</a> <a>c</a><img src=data:x alt=d>`),
    "a b c",
  );
  assert.equal(markdown("</a></ul></blockquote></td></tr></pre>x"), "x");
});

test("htmlToMarkdown() shows lists in lists, and counts", () => {
  const html = "<ul><li>a<li>b<ol start=3><li>c</li><li>d</li></ol></ul>e";
  assert.equal(markdown(html), "- a\n- b\n  3. c\n  4. d\n\ne");
});

test("htmlToMarkdown() shows preformatted text as it is", () => {
  const html = "a<pre><code>if (x &lt; 1)\n  <b>y</b>();</code></pre>b";
  assert.equal(markdown(html), "a\n\n```\nif (x < 1)\n  y();\n```\n\nb");
});

test("htmlToMarkdown() shows a row of a table on one line", () => {
  const html = "<table><tr><th>A<th>B</th></tr><tr><td>1</td><td><p>2</p><p>3</p></td></tr></table>x";
  assert.equal(
    markdown(html.replace("<th>B", "</th><th>B")),
    "| A | B | \n| --- | --- |\n| 1 | 2 3 | \n\nx",
  );
});

test("htmlToMarkdown() takes time in proportion to the page, however odd it is", () => {
  const units = [
    "<b>",
    "<ul><li>",
    "<blockquote>",
    "<a href=x>",
    "<!--",
    '<a "',
    "<a b='",
    "&amp",
    "<",
    "<tr><td>",
  ];
  for (const unit of units) {
    const start = performance.now();
    markdown(unit.repeat(1_000_000 / unit.length));
    assert.ok(performance.now() - start < 3_000, `slow for ${unit}`);
  }
});

test("htmlToMarkdown() stops before links make a page too long", () => {
  const base = `https://example.com/${"x".repeat(4_000)}/`;
  assert.ok(htmlToMarkdown("<a href=y>z</a>".repeat(10_000), base).length < 11_000_000);
});
