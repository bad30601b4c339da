// deno-lint-ignore-file camelcase -- the keys of the file are the users' words
/** `[defaults]` and `[[schedules]]` of autopilot.toml. Source: spec §3.2.2, §3.2.3; DESIGN §7 for the new keys. */
import * as z from "zod";
import { cron, duration, httpUrl, path, text, timeLimit, turns, whole, zone } from "./fields.ts";

/** Used by the Rust implementation to signal a reload; never a schedule. */
export const RESERVED_SCHEDULE = "__config_reload__";

export const TRIGGERS = ["success", "failure", "any"] as const;
export const NOTIFY_ON = ["all", "completions", "failures", "none"] as const;

const policy = {
  profile: text.optional(),
  timeout: timeLimit.optional(),
  check_timeout: timeLimit.optional(),
  trigger_on: z.enum(TRIGGERS).optional(),
  pause_on_approval: z.boolean().optional(),
  sandbox: z.boolean().optional(),
  timezone: zone.optional(),
  jitter: duration.optional(),
  overlap: z.enum(["skip", "queue", "replace", "parallel"]).optional(),
  catch_up: z.enum(["none", "once", "all"]).optional(),
  catch_up_window: duration.optional(),
  retries: whole(0, 10).optional(),
  enable_slack_tools: z.boolean().optional(),
  enable_subagents: z.boolean().optional(),
};

export const defaultsSchema = z.strictObject(policy);

export const scheduleSchema = z.strictObject({
  name: text.refine((name) => name.trim() !== RESERVED_SCHEDULE, {
    message: "must be another name: this one is reserved",
  }).refine((name) => !/\p{Cc}/u.test(name), { message: "must be a name without control characters" }),
  cron,
  prompt: text,
  check: path.optional(),
  ...policy,
  max_turns: turns.optional(),
  max_steps: turns.optional(),
  board_id: text.optional(),
  notify_on: z.enum(NOTIFY_ON).optional(),
  notify_channel: text.optional(),
  notify_target: text.optional(),
  notify_chat_id: text.optional(),
  channel: text.optional(),
  interaction: z.enum(["interactive", "silent"]).optional(),
  enabled: z.boolean().optional(),
  workdir: path.optional(),
  ping_url: httpUrl.optional(),
});

export type Schedule = z.infer<typeof scheduleSchema>;
export type ScheduleDefaults = z.infer<typeof defaultsSchema>;
