import assert from "node:assert/strict";
import { test } from "../sanitized.ts";
import { autopilot, config } from "./loaded.ts";

function found(loaded: ReturnType<typeof config> | ReturnType<typeof autopilot>): string[] {
  assert.deepEqual([...loaded.broken.keys()], []);
  return loaded.problems.filter(({ deprecated }) => deprecated).map(({ message, hint }) =>
    `${message} | ${hint}`
  );
}

test("config.toml: keys at the top, of the oldest format", () => {
  const text =
    'api_key_env = "STAKPAK_K"\napi_endpoint = "https://a.example"\nmachine_name = "m"\nauto_append_gitignore = true\n';
  assert.deepEqual(found(config(text)), [
    "api_key_env is an old key, it still works | write it under [profiles.default]",
    "api_endpoint is an old key, it still works | write it under [profiles.default]",
    "machine_name is an old key, it still works | write it under [settings]",
    "auto_append_gitignore is an old key, it still works | write it under [settings]",
  ]);
});

test("config.toml: old providers, models and the meaning of an empty list", () => {
  const text = `[profiles.a]
smart_model = "x"
allowed_tools = []
[profiles.a.openai]
api_key_env = "OPENAI_API_KEY"
[settings]
user_id = "u"
`;
  assert.deepEqual(found(config(text)), [
    "settings.user_id is an old key, it still works | write anonymous_id",
    'profiles.a.openai is an old key, it still works | write [profiles.a.providers.openai] with type = "openai"',
    "profiles.a.smart_model is an old key, it still works | write model",
    "profiles.a.allowed_tools = [] means no tools here (the Rust implementation took it for all) | remove the line for the default tools, or list the tools",
  ]);
});

test("autopilot.toml: keys of the separate gateway, and keys that never did anything", () => {
  const text = `[server]
url = "http://127.0.0.1:4096"
token = "t"
[watch]
log_dir = "/tmp/x"
[defaults]
enable_subagents = true
[notifications]
gateway_url = "https://gateway.example"
chat_id = "1"
`;
  const inProcess = "channels run in this process and reach the server directly";
  assert.deepEqual(found(autopilot(text)), [
    `server.url has no effect: ${inProcess} | remove the line`,
    `server.token has no effect: ${inProcess} | remove the line`,
    "watch.log_dir has no effect: logs are in ~/.stakpak/autopilot/logs | remove the line",
    "notifications.chat_id is an old key, it still works | write target",
    "notifications.gateway_url has no effect: notices are delivered by this process, not by another gateway | remove the line",
    "defaults.enable_subagents has no effect: it never had one | remove the line",
  ]);
});

test("autopilot.toml: a gateway on this machine, which the Rust implementation needs, is no remark", () => {
  for (const url of ["", "http://127.0.0.1:4096", "http://localhost:1/x", "http://[::1]:4096"]) {
    assert.deepEqual(found(autopilot(`[notifications]\ngateway_url = "${url}"\n`)), [], url);
  }
});

test("autopilot.toml: old keys of a schedule", () => {
  const text = `[[schedules]]
name = "a"
cron = "* * * * *"
prompt = "p"
max_steps = 5
notify_chat_id = "1"
channel = "2"
enable_slack_tools = true
`;
  assert.deepEqual(found(autopilot(text)), [
    "schedules[0].max_steps is an old key, it still works | write max_turns",
    "schedules[0].notify_chat_id is an old key, it still works | write notify_target",
    "schedules[0].channel is an old key, it still works | write notify_target",
    "schedules[0].enable_slack_tools has no effect: it never had one | remove the line",
  ]);
});

test("autopilot.toml: inline channel settings, in the words of the Rust implementation", () => {
  const text = '[channels.slack]\nmodel = "m"\n[channels.telegram]\nauto_approve = "none"\nprofile = "ops"\n';
  assert.deepEqual(found(autopilot(text)), [
    'channels.slack: inline model/auto_approve is deprecated; use profile = "name" instead | stakpak config migrate --write',
    "channels.telegram: inline model/auto_approve ignored when profile is set | stakpak config migrate --write",
  ]);
});

test("a deprecation has its place", () => {
  assert.equal(config('\nmachine_name = "m"\n').problems[0]?.line, 2);
});
