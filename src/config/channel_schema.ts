// deno-lint-ignore-file camelcase -- the keys of the file are the users' words
/** `[channels.*]` of autopilot.toml. Source: spec §3.2.5; DESIGN §7 for the new keys. */
import * as z from "zod";
import { httpUrl, ids, names, text, toolPatterns } from "./fields.ts";
import { secretKeys } from "./secret_source.ts";

const shared = {
  profile: text.optional(),
  model: text.optional(),
  auto_approve: z.union([toolPatterns, z.enum(["all", "none"])]).optional(),
  require_mention: z.boolean().optional(),
  allowed_users: ids.optional(),
  allowed_chats: ids.optional(),
  approvers: ids.optional(),
  two_person: z.union([z.boolean(), names]).optional(),
  open: z.boolean().optional(),
  api_url: httpUrl.optional(),
};

export const channelsSchema = z.strictObject({
  slack: z.strictObject({ ...secretKeys("bot_token"), ...secretKeys("app_token"), ...shared }).optional(),
  telegram: z.strictObject({ ...secretKeys("token"), ...shared }).optional(),
  discord: z.strictObject({ ...secretKeys("token"), guilds: ids.optional(), ...shared }).optional(),
});

export type Channels = z.infer<typeof channelsSchema>;
export type ChannelType = keyof Channels;

/** Every channel type with the credentials it needs: the key in the file, and the variable that may hold it instead. */
export const CHANNEL_TYPES: readonly {
  type: ChannelType;
  tokens: readonly { key: string; variable: string }[];
}[] = [
  {
    type: "slack",
    tokens: [
      { key: "bot_token", variable: "SLACK_BOT_TOKEN" },
      { key: "app_token", variable: "SLACK_APP_TOKEN" },
    ],
  },
  { type: "telegram", tokens: [{ key: "token", variable: "TELEGRAM_BOT_TOKEN" }] },
  { type: "discord", tokens: [{ key: "token", variable: "DISCORD_BOT_TOKEN" }] },
];
