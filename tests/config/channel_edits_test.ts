import assert from "node:assert/strict";
import { addChannel, removeChannel, setDefaultTarget } from "../../src/config/channel_edits.ts";
import { TomlDocument } from "../../src/config/toml_document.ts";
import { UserError } from "../../src/domain/error.ts";
import { test } from "../sanitized.ts";

const toml = (text: string) => TomlDocument.parse(text, "autopilot.toml");
const DISCORD = `[channels.discord] # ours
token = "old" # from the portal
guilds = [1, 2]
require_mention = true
`;

test("add makes the channel's table beside the others", () => {
  const added = addChannel(toml(`${DISCORD}\n[server]\n`), "slack", {
    bot_token: "xoxb-1",
    app_token: "xapp-1",
    profile: "ops",
  });
  assert.equal(
    added.toString(),
    `${DISCORD}\n[channels.slack]\nbot_token = "xoxb-1"\napp_token = "xapp-1"\nprofile = "ops"\n\n[server]\n`,
  );
});

test("add keeps the keys that a channel has", () => {
  assert.equal(
    addChannel(toml(DISCORD), "discord", { token: "new", profile: "ops" }).toString(),
    `${DISCORD.replace('"old"', '"new"')}profile = "ops"\n`,
  );
});

test("add replaces a credential that was given in another way", () => {
  const slack = '[channels.slack]\nbot_token_env = "SLACK_BOT_TOKEN"\napp_token_file = "~/app"\n';
  assert.equal(
    addChannel(toml(slack), "slack", { bot_token: "xoxb-1" }).toString(),
    '[channels.slack]\napp_token_file = "~/app"\nbot_token = "xoxb-1"\n',
  );
  assert.equal(
    addChannel(toml(DISCORD), "discord", { token: undefined, token_file: "~/token" }).toString(),
    DISCORD.replace('token = "old" # from the portal\n', "") + 'token_file = "~/token"\n',
  );
});

test("add works in every way that channels are written", () => {
  const forms = [
    "channels = {slack = {bot_token = 'old'}}\n",
    "channels.slack.bot_token = 'old'\n",
    "[channels]\nslack = {bot_token = 'old'}\n",
    "[channels]\nslack.bot_token = 'old'\n",
    "[channels.telegram]\n[channels.slack]\nbot_token = 'old'\n",
    "channels = {}\n",
    "[channels]\n",
    "",
  ];
  for (const form of forms) {
    const slack = addChannel(toml(form), "slack", { bot_token: "new", profile: "ops" }).at([
      "channels",
      "slack",
    ]);
    assert.deepEqual({ ...slack as object }, { bot_token: "new", profile: "ops" }, form);
  }
});

test("remove takes the channel, in every way that it is written, and nothing else", () => {
  const removed = (text: string) => removeChannel(toml(text), "slack").toString();
  assert.equal(removed(`${DISCORD}\n[channels.slack]\nbot_token = 1\n`), DISCORD);
  assert.equal(removed("channels = {slack = {}, discord = {}}\n"), "channels = {discord = {}}\n");
  assert.equal(removed("channels.slack.a = 1\nchannels.slack.b = 1\n"), "");
});

test("remove takes a channel of a type that does not exist", () => {
  assert.equal(removeChannel(toml("[channels.slak]\nbot_token = 'x'\n"), "slak").toString(), "");
});

test("remove refuses a channel that is not there", () => {
  assert.throws(() => removeChannel(toml(DISCORD), "discrd"), {
    message: 'Cannot remove channel "discrd": autopilot.toml has no such channel, it has discord',
    hint: 'did you mean "discord"?',
    exitCode: 2,
  });
  assert.throws(() => removeChannel(toml("channels = 1\n"), "slack"), UserError);
});

test("the default target replaces the old one, and its old spelling", () => {
  const old = '[notifications]\ngateway_url = ""\nchannel = "telegram" # main\nchat_id = "42"\n';
  assert.equal(
    setDefaultTarget(toml(old), "slack", "#ops").toString(),
    '[notifications]\ngateway_url = ""\nchannel = "slack" # main\ntarget = "#ops"\n',
  );
  assert.equal(
    setDefaultTarget(toml(""), "slack", "#ops").toString(),
    '[notifications]\nchannel = "slack"\ntarget = "#ops"\ngateway_url = "http://127.0.0.1:4096"\n',
  );
});
