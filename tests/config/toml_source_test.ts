import assert from "node:assert/strict";
import { samePath, tableEnd, tableStart, tomlSource, within } from "../../src/config/toml_source.ts";
import { test } from "../sanitized.ts";

/** The text of the table number `index`, with the comments that belong to it. */
function tableText(text: string, index: number): string {
  const source = tomlSource(text);
  const table = source.tables[index]!;
  return text.slice(tableStart(source, table), tableEnd(source, table));
}

test("every key has its full path, however it is written", () => {
  const source = tomlSource("a.b = 1\n[c]\nd = { e = [{ f = 1 }] }\n[[g]]\n[[g]]\nh = 1\n");
  assert.deepEqual(source.pairs.map(({ path }) => path), [
    ["a", "b"],
    ["c", "d"],
    ["c", "d", "e"],
    ["c", "d", "e", 0, "f"],
    ["g", 1, "h"],
  ]);
  assert.deepEqual(source.pairs.map(({ base }) => base), [[], ["c"], ["c", "d"], ["c", "d", "e", 0], [
    "g",
    1,
  ]]);
});

test("comments directly above a header are the table's, others are not", () => {
  const text = "x = 1\n\n# apart\n\n# mine\n[a]\nb = 1\n# last\n\n# apart\n\n[c]\n";
  assert.equal(tableText(text, 0), "# mine\n[a]\nb = 1\n# last\n");
  assert.equal(tableText(text, 1), "[c]\n");
});

test("comments between two tables without a blank line are the second one's", () => {
  const text = "[a]\nb = 1\n# of c\n[c]\n";
  assert.equal(tableText(text, 0), "[a]\nb = 1\n");
  assert.equal(tableText(text, 1), "# of c\n[c]\n");
});

test("comments at the top of the file are the file's own", () => {
  assert.equal(tableText("#:schema ./x.json\n[a]\n", 0), "[a]\n");
});

test("a line inside a text that looks like a comment is none", () => {
  const text = 'a = """\n# no comment"""\n[b]\n';
  assert.equal(tableText(text, 0), "[b]\n");
});

test("the line ends of the file are the ones of its first line", () => {
  assert.equal(tomlSource("a = 1\r\nb = 2\r\n").newline, "\r\n");
  assert.equal(tomlSource("a = 1\nb = 2\r\n").newline, "\n");
  assert.equal(tomlSource("").newline, "\n");
});

test("paths compare part by part", () => {
  assert.ok(within(["a", 0, "b"], ["a", 0]));
  assert.ok(!within(["a"], ["a", 0]));
  assert.ok(!samePath(["a", "0"], ["a", 0]));
});
