// deno-lint-ignore-file camelcase -- the keys of the file are the users' words
/**
 * `~/.stakpak/config.toml`: behaviour profiles and credentials. The one schema, used by every reader.
 *
 * Source: config guide "File ownership" 1; spec §3.1. Both top-level tables may be absent (cli O-10).
 *
 * @module
 */
import * as z from "zod";
import { httpUrl, names, path, systemPrompt, text, toolPatterns, turns } from "./fields.ts";
import { secretKeys } from "./secret_source.ts";

const auth = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("api"), ...secretKeys("key") }),
  z.strictObject({
    type: z.literal("oauth"),
    ...secretKeys("access"),
    ...secretKeys("refresh"),
    expires: z.number().optional(),
    name: text.optional(),
  }),
]);

const shared = { ...secretKeys("api_key"), api_endpoint: httpUrl.optional(), auth: auth.optional() };

const provider = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("openai"), ...shared }),
  z.strictObject({ type: z.literal("anthropic"), ...shared, ...secretKeys("access_token") }),
  z.strictObject({ type: z.literal("gemini"), ...shared }),
  z.strictObject({ type: z.literal("custom"), ...shared, api_endpoint: httpUrl }),
  z.strictObject({ type: z.literal("stakpak"), ...shared }),
  z.strictObject({
    type: z.literal("amazon-bedrock"),
    ...shared,
    region: text,
    profile_name: text.optional(),
  }),
  z.strictObject({ type: z.literal("github-copilot"), ...shared }),
  z.strictObject({ type: z.literal("openrouter"), ...shared }),
]);

/** A provider as old files wrote it, directly in the profile. */
const oldProvider = z.strictObject({ ...shared, ...secretKeys("access_token"), type: text.optional() })
  .optional();

const profile = z.strictObject({
  api_endpoint: httpUrl.optional(),
  ...secretKeys("api_key"),
  provider: z.enum(["remote", "local"]).optional(),
  allowed_tools: toolPatterns.optional(),
  auto_approve: toolPatterns.optional(),
  model: z.string().optional(),
  system_prompt: systemPrompt.optional(),
  max_turns: turns.optional(),
  subagent: z.strictObject({ model: text.optional() }).optional(),
  recent_models: names.optional(),
  rulebooks: z.strictObject({
    include: names.optional(),
    exclude: names.optional(),
    include_tags: names.optional(),
    exclude_tags: names.optional(),
  }).optional(),
  warden: z.strictObject({ enabled: z.boolean().optional(), volumes: z.array(path).optional() }).optional(),
  providers: z.record(text, provider).optional(),
  openai: oldProvider,
  anthropic: oldProvider,
  gemini: oldProvider,
  smart_model: z.string().optional(),
  eco_model: z.string().optional(),
  recovery_model: z.string().optional(),
});

const settings = z.strictObject({
  machine_name: text.optional(),
  auto_append_gitignore: z.boolean().optional(),
  anonymous_id: text.optional(),
  user_id: text.optional(),
  collect_telemetry: z.boolean().optional(),
  editor: text.optional(),
});

export const configSchema = z.strictObject({
  $schema: z.string().optional(),
  profiles: z.record(text, profile).optional(),
  settings: settings.optional(),
  api_endpoint: httpUrl.optional(),
  ...secretKeys("api_key"),
  machine_name: text.optional(),
  auto_append_gitignore: z.boolean().optional(),
});

export type ConfigFile = z.infer<typeof configSchema>;
export type Profile = z.infer<typeof profile>;
export type Provider = z.infer<typeof provider>;
export type ProviderAuth = z.infer<typeof auth>;
