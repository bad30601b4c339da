import assert from "node:assert/strict";
import { UserError } from "../../src/domain/error.ts";
import { TomlDocument } from "../../src/config/toml_document.ts";
import { test } from "../sanitized.ts";

const toml = (text: string) => TomlDocument.parse(text, "f.toml");

const SPELLINGS: readonly { form: string; before: string; after: string }[] = [
  {
    form: "a header",
    before: "# top\n\n[a]\n\n# slack\n[channels.slack]\nb = 1\n# end\n\n[channels.telegram]\n",
    after: "# top\n\n[a]\n\n[channels.telegram]\n",
  },
  {
    form: "a header and sub-tables in two places",
    before: "[channels.slack]\nb = 1\n[channels.slack.x]\n\n[server]\n\n[channels.slack.y]\nz = 1\n",
    after: "[server]\n",
  },
  { form: "an inline table", before: "[channels]\nslack = {b = 1} # x\n", after: "[channels]\n" },
  {
    form: "the first part of an inline table",
    before: "channels = { slack = {}, telegram = {} }\n",
    after: "channels = { telegram = {} }\n",
  },
  {
    form: "the last part of an inline table",
    before: "channels = { telegram = {}, slack = {} }\n",
    after: "channels = { telegram = {} }\n",
  },
  { form: "the only part of an inline table", before: "channels = {slack = {}}\n", after: "channels = {}\n" },
  {
    form: "dotted keys",
    before: "a = 1\nchannels.slack.b = 1\nchannels.telegram.b = 1\nchannels.slack.c = 1\n",
    after: "a = 1\nchannels.telegram.b = 1\n",
  },
  {
    form: "dotted keys in an inline table",
    before: "channels = { x = 1, slack.a = 1, slack.b = 1 }\n",
    after: "channels = { x = 1 }\n",
  },
  {
    form: "dotted keys and a header",
    before: "[channels]\nslack.a = 1\n\n[channels.slack.x]\n",
    after: "[channels]\n",
  },
  {
    form: "the end of a file whose last line has no end",
    before: "[a]\n\n[channels.slack]\nb = 1",
    after: "[a]",
  },
  {
    form: "the end of a file with CRLF",
    before: "[a]\r\n\r\n[channels.slack]\r\nb = 1",
    after: "[a]",
  },
  { form: "all there is", before: "[channels.slack]\nb = 1", after: "" },
];

for (const { form, before, after } of SPELLINGS) {
  test(`a table goes that is ${form}`, () => {
    assert.equal(toml(before).removeTable(["channels", "slack"]).toString(), after);
  });
}

test("one element of a list of tables goes, with its sub-tables", () => {
  const before = "[[s]]\nn = 1\n\n[[s]]\nn = 2\n[s.x]\n\n[[s]]\nn = 3\n";
  assert.equal(toml(before).removeTable(["s", 1]).toString(), "[[s]]\nn = 1\n\n[[s]]\nn = 3\n");
  assert.equal(toml(before).removeTable(["s", 0]).toString(), "[[s]]\nn = 2\n[s.x]\n\n[[s]]\nn = 3\n");
});

test("one element of a list in brackets goes", () => {
  assert.equal(toml("s = [{n = 1}, {n = 2}]\n").removeTable(["s", 0]).toString(), "s = [{n = 2}]\n");
  assert.equal(toml("s = [{n = 1}, {n = 2}]\n").removeTable(["s", 1]).toString(), "s = [{n = 1}]\n");
  assert.equal(toml("s = [{n = 1}]\n").removeTable(["s", 0]).toString(), "s = []\n");
});

test("a removal that would take a comment along is refused", () => {
  const list = toml("s = [\n  {n = 1}, # one\n  {n = 2},\n]\n");
  assert.throws(() => list.removeTable(["s", 0]), {
    name: UserError.name,
    message: "Cannot edit s[0] (f.toml:2:3): there are comments around it that would be lost",
  });
});

test("a key goes with its whole value and the comment behind it", () => {
  const before = "[a]\n# above\nb = [ # x\n  1,\n] # y\nc = 1\n";
  assert.equal(toml(before).unset(["a", "b"]).toString(), "[a]\n# above\nc = 1\n");
});

test("an empty list gives way to tables and leaves no hole", () => {
  const push = (text: string) => toml(text).pushTable(["s"], { n: 1 }).toString();
  assert.equal(push("s = []\n\n[a]\n"), "[a]\n\n[[s]]\nn = 1\n");
  assert.equal(push("k = 1\ns = [\n]\n\n[a]\n"), "k = 1\n\n[a]\n\n[[s]]\nn = 1\n");
  assert.equal(push("k = 1\n\ns = []\n\n[a]"), "k = 1\n\n[a]\n\n[[s]]\nn = 1");
  assert.equal(push("s = []"), "[[s]]\nn = 1\n");
});
