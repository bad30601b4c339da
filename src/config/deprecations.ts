/**
 * Old spellings that still work, or that never did anything, with what to write instead.
 *
 * @module
 */
import type { Explained } from "./explain.ts";
import { type KeyPath, keyText } from "./problem.ts";
import { isTable, type RawTable, tablesOf } from "./raw_tables.ts";
import { secretKeyNames } from "./secret_source.ts";

type Deprecation = Explained & { readonly deprecated: true };

function deprecated(path: KeyPath, message: string, hint: string): Deprecation {
  return { severity: "warning", path, key: keyText(path), message, hint, deprecated: true };
}

function old(path: KeyPath, instead: string): Deprecation {
  return deprecated(path, `${keyText(path)} is an old key, it still works`, `write ${instead}`);
}

function dead(path: KeyPath, why: string): Deprecation {
  return deprecated(path, `${keyText(path)} has no effect: ${why}`, "remove the line");
}

/** What is old in `config.toml`. */
export function configDeprecations(raw: unknown): Deprecation[] {
  const top = isTable(raw) ? raw : {};
  const flat = [...secretKeyNames("api_key"), "api_endpoint"].filter((key) => key in top).map((key) =>
    old([key], `it under [profiles.default]`)
  );
  const moved = ["machine_name", "auto_append_gitignore"].filter((key) => key in top).map((key) =>
    old([key], "it under [settings]")
  );
  const user = isTable(top.settings) && "user_id" in top.settings
    ? [old(["settings", "user_id"], "anonymous_id")]
    : [];
  return [
    ...flat,
    ...moved,
    ...user,
    ...tablesOf(raw, "profiles").flatMap(([path, profile]) => profileDeprecations(path, profile)),
  ];
}

function profileDeprecations(path: KeyPath, profile: RawTable): Deprecation[] {
  const providers = ["openai", "anthropic", "gemini"].filter((name) => name in profile)
    .map((name) => old([...path, name], `[${keyText([...path, "providers", name])}] with type = "${name}"`));
  const models = ["smart_model", "eco_model", "recovery_model"].filter((name) => name in profile)
    .map((name) => old([...path, name], "model"));
  const tools = profile.allowed_tools;
  const none = Array.isArray(tools) && tools.length === 0
    ? [
      deprecated(
        [...path, "allowed_tools"],
        `${keyText(path)}.allowed_tools = [] means no tools here (the Rust implementation took it for all)`,
        "remove the line for the default tools, or list the tools",
      ),
    ]
    : [];
  return [...providers, ...models, ...none];
}

/** What is old in `autopilot.toml`. */
export function autopilotDeprecations(raw: unknown): Deprecation[] {
  const top = isTable(raw) ? raw : {};
  const section = (name: string) => isTable(top[name]) ? top[name] : {};
  const inProcess = "channels run in this process and reach the server directly";
  return [
    ...["url", ...secretKeyNames("token")].filter((key) => key in section("server")).map((key) =>
      dead(["server", key], inProcess)
    ),
    ...("log_dir" in section("watch")
      ? [dead(["watch", "log_dir"], "logs are in ~/.stakpak/autopilot/logs")]
      : []),
    ...("chat_id" in section("notifications") ? [old(["notifications", "chat_id"], "target")] : []),
    ...foreignGateway(section("notifications")),
    ...unusedTools(["defaults"], section("defaults")),
    ...tablesOf(raw, "schedules").flatMap(([path, schedule]) => scheduleDeprecations(path, schedule)),
    ...tablesOf(raw, "channels").flatMap(([path, channel]) => channelDeprecations(path, channel)),
  ];
}

function foreignGateway(notifications: RawTable): Deprecation[] {
  const url = notifications.gateway_url;
  const loopback = typeof url !== "string" || url === "" ||
    /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$)/.test(url);
  return loopback ? [] : [
    dead(["notifications", "gateway_url"], "notices are delivered by this process, not by another gateway"),
  ];
}

function unusedTools(path: KeyPath, table: RawTable): Deprecation[] {
  return ["enable_slack_tools", "enable_subagents"].filter((key) => key in table)
    .map((key) => dead([...path, key], "it never had one"));
}

function scheduleDeprecations(path: KeyPath, schedule: RawTable): Deprecation[] {
  const renamed = { "max_steps": "max_turns", "notify_chat_id": "notify_target", channel: "notify_target" };
  return [
    ...Object.entries(renamed).filter(([key]) => key in schedule).map(([key, instead]) =>
      old([...path, key], instead)
    ),
    ...unusedTools(path, schedule),
  ];
}

function channelDeprecations(path: KeyPath, channel: RawTable): Deprecation[] {
  if (!("model" in channel) && !("auto_approve" in channel)) return [];
  const message = "profile" in channel
    ? `${keyText(path)}: inline model/auto_approve ignored when profile is set`
    : `${keyText(path)}: inline model/auto_approve is deprecated; use profile = "name" instead`;
  return [deprecated(path, message, "stakpak config migrate --write")];
}
