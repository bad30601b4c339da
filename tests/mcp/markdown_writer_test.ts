import assert from "node:assert/strict";
import { markdownWriter } from "../../src/mcp/markdown_writer.ts";
import { test } from "../sanitized.ts";

test("markdownWriter() folds white space between pieces", () => {
  const writer = markdownWriter();
  writer.text("  a \n b ");
  writer.text(" c");
  writer.mark("**");
  writer.text("d ");
  writer.mark("**");
  writer.text("e");
  assert.equal(writer.toString(), "a b c**d **e");
});

test("markdownWriter() keeps blocks apart by what was asked for most", () => {
  const writer = markdownWriter();
  writer.newLine(2);
  writer.text("a");
  writer.newLine(1);
  writer.newLine(2);
  writer.text(" b");
  writer.newLine(1);
  writer.mark("- ");
  writer.text(" c");
  assert.equal(writer.toString(), "a\n\nb\n- c");
});

test("markdownWriter() prefixes the lines of a quote, of verbatim text too", () => {
  const writer = markdownWriter();
  writer.text("a");
  writer.newLine(2);
  writer.quote(1);
  writer.text("b");
  writer.newLine(2);
  writer.verbatim("c\n  d");
  writer.newLine(2);
  writer.quote(0);
  writer.text("e");
  assert.equal(writer.toString(), "a\n\n> b\n> \n> c\n>   d\n\ne");
  assert.equal(writer.size, "abc\n>   de".length);
});
