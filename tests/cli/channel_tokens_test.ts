import assert from "node:assert/strict";
import { channelTokens } from "../../src/cli/channel_tokens.ts";
import type { Cli } from "../../src/cli/cli.ts";
import { UserError } from "../../src/domain/error.ts";
import { fakeHost, type FakeMachine } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

function asked(
  options: Record<string, unknown>,
  machine: FakeMachine = {},
  type: "slack" | "telegram" = "telegram",
  before = {},
) {
  const warnings: string[] = [];
  const cli = {
    host: fakeHost(machine),
    terminal: { warn: (text: string) => void warnings.push(text) },
  } as unknown as Cli;
  return { warnings, tokens: channelTokens(cli, type, options, before) };
}

const refused = (message: RegExp) => (error: unknown) =>
  error instanceof UserError && error.exitCode === 2 && message.test(error.message);

test("channelTokens() writes a token from stdin itself", async () => {
  assert.deepEqual(await asked({ tokenStdin: true }, { stdin: "abc\n" }).tokens, { token: "abc" });
});

test("channelTokens() writes a file and a variable as references", async () => {
  assert.deepEqual(await asked({ tokenFile: "/t" }, { files: { "/t": "abc" } }).tokens, {
    "token_file": "/t",
  });
  assert.deepEqual(await asked({}, { env: { TELEGRAM_BOT_TOKEN: "abc" } }).tokens, {
    "token_env": "TELEGRAM_BOT_TOKEN",
  });
});

test("channelTokens() warns about a token on the command line", async () => {
  const { tokens, warnings } = asked({ token: "abc" });
  assert.deepEqual(await tokens, { token: "abc" });
  assert.match(warnings.join(), /--token is visible in ps/);
});

test("channelTokens() keeps the token that a channel has", async () => {
  const before = { "token": { from: "environment", name: "X" } };
  assert.deepEqual(await asked({}, {}, "telegram", before).tokens, {});
});

test("channelTokens() takes one Slack token from stdin and the other from a file, never both from stdin", async () => {
  const machine = { stdin: "xoxb\n", files: { "/t": "xapp" } };
  assert.deepEqual(await asked({ botTokenStdin: true, appTokenFile: "/t" }, machine, "slack").tokens, {
    "bot_token": "xoxb",
    "app_token_file": "/t",
  });
  await assert.rejects(
    asked({ botTokenStdin: true, appTokenStdin: true }, machine, "slack").tokens,
    refused(/two tokens from stdin/),
  );
});

test("channelTokens() refuses a blank token, several words, a missing file, an empty file and one that others can read", async () => {
  await assert.rejects(asked({ tokenStdin: true }, { stdin: " \n" }).tokens, refused(/is blank/));
  await assert.rejects(asked({ token: "a b" }).tokens, refused(/several words/));
  await assert.rejects(asked({ tokenFile: "/none" }).tokens, refused(/no such file/));
  await assert.rejects(asked({ tokenFile: "/t" }, { files: { "/t": "" } }).tokens, refused(/is empty/));
  await assert.rejects(
    asked({ tokenFile: "/t" }, { files: { "/t": { text: "abc", mode: 0o644 } } }).tokens,
    /must be 0600/,
  );
});

test("channelTokens() refuses two ways for one token, another service's flag, and none at all", async () => {
  await assert.rejects(asked({ token: "a", tokenFile: "/t" }).tokens, refused(/more than one of/));
  await assert.rejects(asked({ botToken: "a" }).tokens, refused(/Cannot use --bot-token with telegram/));
  await assert.rejects(asked({}).tokens, refused(/no token was given/));
});
