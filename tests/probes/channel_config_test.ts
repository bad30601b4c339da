import assert from "node:assert/strict";
import { channelConfig } from "../../src/probes/channel_config.ts";
import { SEED_AUTOPILOT } from "../config/seed_examples.ts";
import { ask } from "../fakes/ask.ts";
import type { FakeMachine } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const on = (
  autopilot: string,
  env: Record<string, string> = {},
  files: NonNullable<FakeMachine["files"]> = {},
) => ask(channelConfig, { env, files: { "/home/ada/.stakpak/autopilot.toml": autopilot, ...files } });
const TELEGRAM = "[channels.telegram]\nallowed_users = [1]\n";

test("channel_config is skipped without channels", async () => {
  assert.deepEqual((await on("")).status, "skip");
  assert.deepEqual((await ask(channelConfig, {})).status, "skip");
});

test("channel_config passes with tokens from the file, a variable or a file of their own", async () => {
  const { status, summary } = await on(`${TELEGRAM}token = "t"\n`);
  assert.deepEqual([status, summary], ["pass", "Channel config valid (channels: telegram)"]);
  assert.equal((await on(TELEGRAM, { TELEGRAM_BOT_TOKEN: "t" })).status, "pass");
  assert.equal((await on(`${TELEGRAM}token_file = "~/t"\n`, {}, { "/home/ada/t": "t" })).status, "pass");
  assert.equal((await on(`[channels.telegram]\nallowed_chats = [1]\ntoken = "t"\n`)).status, "pass");
});

test("channel_config blocks on a token that is nowhere, and names both places", async () => {
  const { status, summary, details, fix } = await on(TELEGRAM);
  assert.deepEqual([status, summary, details], ["block", "Channel config invalid", [
    "channels.telegram: token is missing, must be there, or in $TELEGRAM_BOT_TOKEN",
  ]]);
  assert.match(fix!.summary, /^Set these variables/);
});

test("channel_config blocks on a token that is named and not there, also when the usual variable is set", async () => {
  const { status, details } = await on(`${TELEGRAM}token_env = "STAKPAK_GONE"\n`, {
    TELEGRAM_BOT_TOKEN: "t",
  });
  assert.deepEqual([status, details], ["block", ["channels.telegram: token: $STAKPAK_GONE is not set"]]);
});

test("channel_config asks for both of Slack's tokens", async () => {
  const { details } = await on('[channels.slack]\nbot_token = "b"\nallowed_users = ["U1"]\n');
  assert.deepEqual(details, ["channels.slack: app_token is missing, must be there, or in $SLACK_APP_TOKEN"]);
});

test("channel_config blocks on a broken channel, and on broken [channels]", async () => {
  const one = await on(`[channels.slack]\nopen = "yes"\n${TELEGRAM}token = "t"\n`);
  assert.equal(one.status, "block");
  assert.equal(one.fix?.command, "stakpak config validate");
  assert.match(one.details[0]!, /:2:8: channels\.slack\.open is "yes", must be true or false/);
  assert.equal((await on("channels = 3\n")).status, "block");
});

test("channel_config warns that a channel without lists is closed: the guide's example is", async () => {
  const { status, details, fix } = await on(SEED_AUTOPILOT);
  assert.deepEqual([status, details], ["warn", [
    "channels.slack: closed to everyone, it has neither allowed_users nor allowed_chats",
  ]]);
  assert.match(fix!.summary, /allowed_users = \["ID"\]/);
  assert.equal((await on('[channels.telegram]\ntoken = "t"\nallowed_users = []\n')).status, "warn");
});

test("channel_config warns about an open channel, whatever its lists say", async () => {
  const { status, details } = await on(`${TELEGRAM}token = "t"\nopen = true\n`);
  assert.deepEqual([status, details], ["warn", [
    "channels.telegram: open = true, anyone who can write to the bot can drive the agent",
  ]]);
});
