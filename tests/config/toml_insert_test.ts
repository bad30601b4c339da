import assert from "node:assert/strict";
import { UserError } from "../../src/domain/error.ts";
import { TomlDocument } from "../../src/config/toml_document.ts";
import { test } from "../sanitized.ts";

const toml = (text: string) => TomlDocument.parse(text, "f.toml");

const SPELLINGS: readonly { form: string; before: string; after: string }[] = [
  {
    form: "a header",
    before: "[channels.slack]\nbot_token = 'x' # keep\n\n[server]\n",
    after: "[channels.slack]\nbot_token = 'x' # keep\nprofile = \"ops\"\n\n[server]\n",
  },
  {
    form: "a header with nothing under it",
    before: "[channels.slack] # none\n[server]\n",
    after: '[channels.slack] # none\nprofile = "ops"\n[server]\n',
  },
  {
    form: "indented keys",
    before: "[channels.slack]\n  bot_token = 'x'\n",
    after: "[channels.slack]\n  bot_token = 'x'\n  profile = \"ops\"\n",
  },
  {
    form: "an inline table",
    before: "[channels]\nslack = { bot_token = 'x' } # keep\n",
    after: "[channels]\nslack = { bot_token = 'x', profile = \"ops\" } # keep\n",
  },
  {
    form: "an inline table in an inline table",
    before: "channels = {slack = {bot_token = 'x'}, telegram = {}}\n",
    after: "channels = {slack = {bot_token = 'x', profile = \"ops\"}, telegram = {}}\n",
  },
  {
    form: "an empty inline table",
    before: "channels.slack = {}\n",
    after: 'channels.slack = { profile = "ops" }\n',
  },
  {
    form: "dotted keys",
    before: "channels.slack.bot_token = 'x'\nchannels.telegram.token = 'y'\n[server]\n",
    after:
      "channels.slack.bot_token = 'x'\nchannels.slack.profile = \"ops\"\nchannels.telegram.token = 'y'\n[server]\n",
  },
  {
    form: "dotted keys under a header, oddly spaced",
    before: "[channels]\n \"slack\" . bot_token = 'x'\n",
    after: '[channels]\n "slack" . bot_token = \'x\'\n "slack".profile = "ops"\n',
  },
  {
    form: "dotted keys in an inline table",
    before: "channels = { slack.bot_token = 'x' }\n",
    after: "channels = { slack.bot_token = 'x', slack.profile = \"ops\" }\n",
  },
  {
    form: "nothing, beside an inline table",
    before: "channels = { telegram = {} }\n",
    after: 'channels = { telegram = {}, slack = { profile = "ops" } }\n',
  },
  {
    form: "nothing, beside a sibling",
    before: "[channels.telegram]\ntoken = 'y'\n\n[server]\n",
    after: "[channels.telegram]\ntoken = 'y'\n\n[channels.slack]\nprofile = \"ops\"\n\n[server]\n",
  },
  { form: "nothing at all", before: "", after: '[channels.slack]\nprofile = "ops"\n' },
  {
    form: "nothing, in a file whose last line has no end",
    before: "[server]",
    after: '[server]\n\n[channels.slack]\nprofile = "ops"',
  },
];

for (const { form, before, after } of SPELLINGS) {
  test(`a key goes into a table written as ${form}`, () => {
    assert.equal(toml(before).set(["channels", "slack", "profile"], "ops").toString(), after);
  });
}

test("a key outside every table goes before the first header", () => {
  assert.equal(toml("# top\n[a]\n").set(["k"], 1).toString(), "# top\nk = 1\n[a]\n");
  assert.equal(toml("j = 0\n\n# a\n[a]\n").set(["k"], 1).toString(), "j = 0\nk = 1\n\n# a\n[a]\n");
  assert.equal(toml("# only").set(["k"], 1).toString(), "# only\nk = 1");
});

test("an element goes behind the last one and its sub-tables", () => {
  const before = "[[schedules]]\nname = 'a'\n[schedules.x]\ny = 1\n# end of a\n\n# the server\n[server]\n";
  assert.equal(
    toml(before).pushTable(["schedules"], { name: "b" }).toString(),
    "[[schedules]]\nname = 'a'\n[schedules.x]\ny = 1\n# end of a\n\n[[schedules]]\nname = \"b\"\n\n# the server\n[server]\n",
  );
});

test("a new line ends as the others do", () => {
  assert.equal(toml("[a]\r\nb = 1\r\n").set(["a", "c"], 2).toString(), "[a]\r\nb = 1\r\nc = 2\r\n");
});

test("a key is not put where no table can be", () => {
  for (
    const before of [
      "channels = 1\n",
      "channels.slack = 'x'\n",
      "channels = []\n",
      "[[channels]]\n",
      "[[channels.slack]]\n",
    ]
  ) {
    assert.throws(() => toml(before).set(["channels", "slack", "profile"], "ops"), UserError);
  }
});
