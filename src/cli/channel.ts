import { Argument, type Command, Option } from "@commander-js/extra-typings";
import { CHANNEL_TYPES } from "../config/channel_schema.ts";
import { addOneChannel, removeOneChannel } from "./channel_edit.ts";
import { listChannels } from "./channel_list.ts";
import type { Start } from "./cli.ts";
import { examples, group, leaf } from "./leaf.ts";

const TYPES = CHANNEL_TYPES.map(({ type }) => type);

/** `autopilot channel`: the chat services that reach the agent. */
export function channelCommand(start: Start): Command {
  const add = leaf("add", "add a channel to autopilot.toml, or change one", "the profile it runs under")
    .addArgument(new Argument("<type>", "the chat service").choices(TYPES))
    .option("--token-stdin", "read the token from stdin (telegram, discord)")
    .option("--token-file <path>", "read the token from a file (telegram, discord)")
    .option("--bot-token-stdin", "read the bot token from stdin (slack)")
    .option("--bot-token-file <path>", "read the bot token from a file (slack)")
    .option("--app-token-stdin", "read the app token from stdin (slack)")
    .option("--app-token-file <path>", "read the app token from a file (slack)")
    .addOption(
      new Option("--token <token>", "the token itself; others can see it in ps and in the shell's history"),
    )
    .addOption(new Option("--bot-token <token>", "the same for slack"))
    .addOption(new Option("--app-token <token>", "the same for slack"))
    .option("--target <chat>", "where notices go by default")
    .addHelpText(
      "after",
      examples(
        "stakpak autopilot channel add telegram --token-file ~/token --profile ops",
        "SLACK_BOT_TOKEN=… SLACK_APP_TOKEN=… stakpak autopilot channel add slack",
      ),
    )
    .addHelpText("after", HOW_TO_GET_TOKENS);
  const remove = leaf("remove", "remove a channel").addArgument(
    new Argument("<type>", "the chat service").choices(TYPES),
  );
  const commands = [
    start(leaf("list", "list the channels").option("--json", "as JSON"), listChannels),
    start(add, addOneChannel),
    start(remove, removeOneChannel),
  ];
  const channel = group("channel", "the chat services that reach the agent");
  for (const command of commands) channel.addCommand(command as unknown as Command);
  return channel;
}

const HOW_TO_GET_TOKENS = `
Tokens:
  Slack     an app in Socket Mode: an app-level token (connections:write) and
            a bot token (app_mentions:read, channels:history, channels:read,
            chat:write, groups:history, groups:read, im:history, im:read,
            mpim:history, mpim:read, reactions:read, reactions:write);
            events message.channels, message.groups, message.im, app_mention
  Telegram  ask @BotFather for a bot
  Discord   a bot in the developer portal with the Message Content intent
  Without an option they come from SLACK_BOT_TOKEN, SLACK_APP_TOKEN,
  TELEGRAM_BOT_TOKEN, DISCORD_BOT_TOKEN.`;
