/**
 * `~/.stakpak/autopilot.toml`: runtime wiring. The one schema, used by every reader (cli O-51).
 *
 * Source: config guide "File ownership" 2; spec §3.2; DESIGN §7 for the new keys.
 *
 * @module
 */
import * as z from "zod";
import { channelsSchema } from "./channel_schema.ts";
import {
  containerUser,
  duration,
  egressRule,
  httpUrl,
  listen,
  memorySize,
  names,
  path,
  text,
  toolPatterns,
  whole,
} from "./fields.ts";
import { defaultsSchema, NOTIFY_ON, scheduleSchema } from "./schedule_schema.ts";
import { secretKeys } from "./secret_source.ts";

const server = z.strictObject({
  listen: listen.optional(),
  show_token: z.boolean().optional(),
  no_auth: z.boolean().optional(),
  model: z.string().optional(),
  auto_approve_all: z.boolean().optional(),
  sandbox_mode: z.enum(["persistent", "ephemeral"]).optional(),
  host_tools: z.boolean().optional(),
  max_parallel_runs: whole(1, 64).optional(),
  url: z.string().optional(),
  ...secretKeys("token"),
});

const sandbox = z.strictObject({
  image: text.optional(),
  workspace: path.optional(),
  volumes: z.array(path).optional(),
  egress: z.array(egressRule).optional(),
  memory: memorySize.optional(),
  cpus: z.number().positive("must be above 0").max(1024, "must be at most 1024").optional(),
  pids: whole(16, 4_194_304).optional(),
  user: containerUser.optional(),
  warden: z.enum(["builtin", "external", "none"]).optional(),
  binary: z.enum(["self", "image"]).optional(),
  idle_timeout: duration.optional(),
  on_failure: z.enum(["degrade", "exit"]).optional(),
});

const notifications = z.strictObject({
  gateway_url: z.union([z.literal(""), httpUrl]).optional(),
  ...secretKeys("gateway_token"),
  notify_on: z.enum(NOTIFY_ON).optional(),
  channel: text.optional(),
  target: text.optional(),
  chat_id: text.optional(),
});

const gateway = z.strictObject({
  store: path.optional(),
  model: text.optional(),
  title_template: text.optional(),
  prune_after_hours: whole(1, 87_600).optional(),
  delivery_context_ttl_hours: whole(1, 8_760).optional(),
  approval_mode: z.enum(["allow_all", "deny_all", "allowlist"]).optional(),
  approval_allowlist: toolPatterns.optional(),
});

const binding = z.strictObject({
  channel: text,
  routing_key: text,
  direct: z.union([text, z.number().int().transform(String)]).optional(),
  group: z.union([text, z.number().int().transform(String)]).optional(),
});

const acknowledgement = z.strictObject({
  probe: text,
  reason: text,
  until: z.union([z.date(), z.iso.date("must be a date such as 2026-12-31")]).transform((until) =>
    new Date(until)
  ),
});

export const autopilotSchema = z.strictObject({
  $schema: z.string().optional(),
  server: server.optional(),
  sandbox: sandbox.optional(),
  secrets: z.strictObject({ files: z.array(path).optional(), env: names.optional() }).optional(),
  budget: z.strictObject({
    tokens_per_run: whole(1, Number.MAX_SAFE_INTEGER).optional(),
    tokens_per_day: whole(1, Number.MAX_SAFE_INTEGER).optional(),
  }).optional(),
  doctor: z.strictObject({ acknowledge: z.array(acknowledgement).optional() }).optional(),
  watch: z.strictObject({ db_path: path.optional(), log_dir: path.optional() }).optional(),
  defaults: defaultsSchema.optional(),
  notifications: notifications.optional(),
  gateway: gateway.optional(),
  routing: z.strictObject({
    dm_scope: z.enum(["main", "per_peer", "per_channel_peer"]).optional(),
    bindings: z.array(binding).optional(),
  }).optional(),
  schedules: z.array(scheduleSchema).optional(),
  channels: channelsSchema.optional(),
});

export type AutopilotFile = z.infer<typeof autopilotSchema>;
export type Server = NonNullable<AutopilotFile["server"]>;
export type SandboxSettings = NonNullable<AutopilotFile["sandbox"]>;
export type Acknowledgement = z.infer<typeof acknowledgement>;
