/**
 * Commented samples of the two files: `stakpak config sample [config|autopilot]`.
 *
 * Each loads as printed. A line that starts with `#` and no space is a setting that is off; with the `#` removed
 * from all of them the file loads as well.
 *
 * @module
 */

export const CONFIG_SAMPLE = `#:schema ./config.schema.json
# ~/.stakpak/config.toml: behaviour profiles and credentials.
# The first line lets editors complete and check this file. Make the schema once:
#   stakpak config schema config > ~/.stakpak/config.schema.json
# Check the file: stakpak config validate

# What every other profile inherits, key by key; lists and tables are taken whole.
[profiles.all]
model = "anthropic/claude-sonnet-4-5"

# Keys: written here (keep the file 0600), from the environment, or from a file of its own.
[profiles.all.providers.anthropic]
type = "anthropic"
api_key_env = "ANTHROPIC_API_KEY"
#api_endpoint = "https://api.anthropic.com"

# Any server that speaks the OpenAI protocol.
#[profiles.all.providers.local]
#type = "custom"
#api_endpoint = "http://127.0.0.1:11434/v1"

[profiles.default]
system_prompt = "You are the production reliability assistant."
# At most so many turns in one run: 1 to 256, 64 when absent.
max_turns = 64
# Which tools exist in a run. Absent: all tools of the sandbox. []: none.
allowed_tools = ["view", "run_command", "create", "str_replace"]
# Which of them run without asking. Everything else asks.
auto_approve = ["view"]
# A Stakpak account, if you have one.
#api_key_file = "~/.stakpak/stakpak.key"

# Use it with profile = "monitoring" in autopilot.toml, or --profile monitoring.
[profiles.monitoring]
model = "anthropic/claude-haiku-4-5"
system_prompt = "Monitor and report only. Never make changes."
max_turns = 16
allowed_tools = ["view", "get_all_tasks", "get_task_details"]
auto_approve = ["view", "get_all_tasks", "get_task_details"]

# Further folders that the sandbox sees under this profile.
#[profiles.monitoring.warden]
#volumes = ["~/reports:/reports:ro"]

# Rulebooks by address and tag.
#[profiles.monitoring.rulebooks]
#include_tags = ["monitoring"]

#[profiles.monitoring.subagent]
#model = "anthropic/claude-haiku-4-5"

[settings]
#machine_name = "build-server"
collect_telemetry = false
`;

export const AUTOPILOT_SAMPLE = `#:schema ./autopilot.schema.json
# ~/.stakpak/autopilot.toml: the server, the sandbox, schedules and channels.
# The first line lets editors complete and check this file. Make the schema once:
#   stakpak config schema autopilot > ~/.stakpak/autopilot.schema.json
# Check the file: stakpak config validate. What is missing on this machine: stakpak autopilot doctor

[server]
listen = "127.0.0.1:4096"
# One box for all sessions (persistent), or one per session (ephemeral).
sandbox_mode = "persistent"
#max_parallel_runs = 8

[sandbox]
# The only folder of this machine that the box can write, unless more are listed; all sessions share it.
# Absent: ~/.stakpak/autopilot/workspace with a folder for each, or each its own where boxes are ephemeral.
#workspace = "~/projects/work"
#volumes = ["~/projects/site:/site:ro"]
# Where the box may connect to. Absent: nowhere.
#egress = ["github.com:443"]
memory = "1g"
cpus = 2
pids = 256
#image = "debian:bookworm-slim"

# Further values that must never leave this machine.
#[secrets]
#env = ["STAKPAK_DEPLOY_KEY"]
#files = ["~/.stakpak/deploy.key"]

# Tokens of the model, counted over runs.
#[budget]
#tokens_per_run = 500000
#tokens_per_day = 5000000

# What schedules have in common.
[defaults]
profile = "default"
timezone = "UTC"
timeout = "30m"
check_timeout = "30s"
trigger_on = "failure"

[[schedules]]
name = "health-check"
cron = "*/15 * * * *"
prompt = "Check production health and report anomalies."
profile = "monitoring"
# Switch it on: stakpak autopilot schedule enable health-check
enabled = false
# Run only when this script fails. It runs outside the sandbox: only you may be able to change it.
#check = "/home/ada/.stakpak/checks/endpoints.sh"
#timezone = "Europe/Berlin"
#overlap = "skip"
#catch_up = "once"

# Where notices go.
#[notifications]
#notify_on = "failures"
#channel = "slack"
#target = "#ops"

# Tokens: here (keep the file 0600), from the environment, or from a file of its own.
# Without allowed_users or allowed_chats a channel answers nobody.
#[channels.slack]
#bot_token_env = "SLACK_BOT_TOKEN"
#app_token_env = "SLACK_APP_TOKEN"
#profile = "default"
#allowed_users = ["U0123"]

#[channels.telegram]
#token_env = "TELEGRAM_BOT_TOKEN"
#allowed_users = [1234567]

#[channels.discord]
#token_env = "DISCORD_BOT_TOKEN"
#allowed_users = ["1234567"]

# Which conversation a message belongs to.
#[routing]
#dm_scope = "per_channel_peer"

#[gateway]
#title_template = "{channel} / {peer}"

# Another place for the database.
#[watch]
#db_path = "~/.stakpak/autopilot/autopilot.db"

# Accept a finding of doctor until a day.
#[[doctor.acknowledge]]
#probe = "systemd_linger"
#reason = "this machine is always logged in"
#until = 2030-01-01
`;
