import { equal, throws } from "node:assert/strict";
import { TomlDocument } from "../../src/config/toml_document.ts";
import { test } from "../sanitized.ts";

const PATH = ["a", "list"];
const pushed = (text: string) => TomlDocument.parse(text).pushValue(PATH, "new").toString();
const removed = (text: string, index: number) =>
  TomlDocument.parse(text).removeValue([...PATH, index]).toString();

test("a value goes behind the last one, on its line", () => {
  equal(pushed('[a]\nlist = ["x"] # c\n'), '[a]\nlist = ["x", "new"] # c\n');
  equal(pushed("[a]\nlist = []\n"), '[a]\nlist = ["new"]\n');
  equal(pushed('[a]\nlist = ["x", ]\n'), '[a]\nlist = ["x", "new", ]\n');
  equal(pushed('a = { list = ["x"] }\n'), 'a = { list = ["x", "new"] }\n');
});

test("a value gets a line of its own where the last one has one, whatever comments say", () => {
  equal(pushed('[a]\nlist = [\n  "x", # one\n]\n'), '[a]\nlist = [\n  "x", # one\n  "new",\n]\n');
  equal(
    pushed('[a]\r\nlist = [\r\n\t"x" # a, b\r\n]\r\n'),
    '[a]\r\nlist = [\r\n\t"x", # a, b\r\n\t"new"\r\n]\r\n',
  );
  equal(pushed('[a]\nlist = [\n  "x",\n  "y"]\n'), '[a]\nlist = [\n  "x",\n  "y", "new"]\n');
});

test("a list that is not there is made, in its table", () => {
  equal(pushed("[a]\nb = 1\n"), '[a]\nb = 1\nlist = ["new"]\n');
  equal(pushed("b = 1\n"), 'b = 1\n\n[a]\nlist = ["new"]\n');
});

test("a value goes with its line and its comment, and nothing else does", () => {
  const text = '[a]\nlist = [\n  # all\n  "x", # one\n  "y", # two\n  "z" # three\n]\n';
  equal(removed(text, 0), '[a]\nlist = [\n  # all\n  "y", # two\n  "z" # three\n]\n');
  equal(removed(text, 2), '[a]\nlist = [\n  # all\n  "x", # one\n  "y", # two\n]\n');
  equal(removed('[a]\nlist = ["x", "y"] # c\n', 0), '[a]\nlist = ["y"] # c\n');
  equal(removed('[a]\nlist = ["x", "y"] # c\n', 1), '[a]\nlist = ["x"] # c\n');
  equal(removed('[a]\nlist = [\n  "x",\n]\n', 0), "[a]\nlist = [\n]\n");
});

test("what is no list is refused", () => {
  throws(() => pushed("[a]\nlist = 1\n"), /Cannot edit a\.list/);
  throws(() => removed('[a]\nlist = ["x"]\n', 3), /there is no such value/);
});
