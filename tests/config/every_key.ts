/** Both files with every key of the spec (§3.1, §3.2) and of DESIGN §7, none of them doubled. */

export const EVERY_CONFIG_KEY = `"$schema" = "./config.schema.json"
api_key_file = "~/.stakpak/key"
api_endpoint = "https://apiv2.stakpak.dev"
machine_name = "m"
auto_append_gitignore = true

[profiles.all]
model = "anthropic/claude-sonnet-4-5"

[profiles.full]
api_endpoint = "https://apiv2.stakpak.dev"
api_key = "\${STAKPAK_API_KEY}"
provider = "local"
allowed_tools = ["view"]
auto_approve = ["view"]
model = "anthropic/claude-sonnet-4-5"
system_prompt = "p"
max_turns = 64
recent_models = ["anthropic/claude-sonnet-4-5"]
smart_model = "s"
eco_model = "e"
recovery_model = "r"
[profiles.full.subagent]
model = "anthropic/claude-haiku-4-5"
[profiles.full.rulebooks]
include = ["stakpak://a/**"]
exclude = []
include_tags = ["t"]
exclude_tags = ["u"]
[profiles.full.warden]
enabled = true
volumes = ["~/x:/x:ro"]
[profiles.full.openai]
api_key_env = "OPENAI_API_KEY"
api_endpoint = "https://api.openai.com/v1"
[profiles.full.anthropic]
access_token_env = "ANTHROPIC_API_KEY"
[profiles.full.gemini]
api_key_env = "GEMINI_API_KEY"
[profiles.full.providers.openai]
type = "openai"
api_key_env = "OPENAI_API_KEY"
[profiles.full.providers.anthropic]
type = "anthropic"
access_token_env = "ANTHROPIC_API_KEY"
[profiles.full.providers.anthropic.auth]
type = "oauth"
access_env = "STAKPAK_A"
refresh_env = "STAKPAK_R"
expires = 1767225600000
name = "n"
[profiles.full.providers.gemini]
type = "gemini"
[profiles.full.providers.gemini.auth]
type = "api"
key_env = "GEMINI_API_KEY"
[profiles.full.providers.local]
type = "custom"
api_endpoint = "http://127.0.0.1:11434/v1"
[profiles.full.providers.stakpak]
type = "stakpak"
[profiles.full.providers.bedrock]
type = "amazon-bedrock"
region = "eu-central-1"
profile_name = "work"
[profiles.full.providers.copilot]
type = "github-copilot"
[profiles.full.providers.openrouter]
type = "openrouter"
api_key_file = "~/key"

[settings]
machine_name = "m"
auto_append_gitignore = true
anonymous_id = "a"
user_id = "u"
collect_telemetry = false
editor = "nano"
`;

export const EVERY_AUTOPILOT_KEY = `"$schema" = "./autopilot.schema.json"
[server]
listen = "127.0.0.1:4096"
show_token = false
no_auth = true
model = "anthropic/claude-sonnet-4-5"
auto_approve_all = false
sandbox_mode = "persistent"
host_tools = false
max_parallel_runs = 8
url = "http://127.0.0.1:4096"
token_env = "STAKPAK_GATEWAY_TOKEN"

[sandbox]
image = "debian:bookworm-slim"
workspace = "~/ws"
volumes = ["/a:/a:ro"]
egress = ["github.com:443"]
memory = "1g"
cpus = 1.5
pids = 256
user = "1000:1000"
warden = "builtin"
binary = "self"
idle_timeout = "15m"
on_failure = "degrade"

[secrets]
files = ["~/k"]
env = ["STAKPAK_X"]

[budget]
tokens_per_run = 1
tokens_per_day = 2

[[doctor.acknowledge]]
probe = "memory"
reason = "r"
until = 2030-01-01

[watch]
db_path = "~/x.db"
log_dir = "~/logs"

[defaults]
profile = "default"
timeout = "30m"
check_timeout = "30s"
trigger_on = "failure"
pause_on_approval = false
sandbox = true
timezone = "Europe/Berlin"
jitter = "10s"
overlap = "skip"
catch_up = "once"
catch_up_window = "1h"
retries = 1
enable_slack_tools = false
enable_subagents = false

[notifications]
gateway_url = "http://127.0.0.1:4096"
gateway_token_env = "STAKPAK_GATEWAY_TOKEN"
notify_on = "all"
channel = "slack"
target = "#ops"
chat_id = "1"

[gateway]
store = "~/gateway.db"
model = "anthropic/claude-sonnet-4-5"
title_template = "{channel} / {peer}"
prune_after_hours = 168
delivery_context_ttl_hours = 4
approval_mode = "allowlist"
approval_allowlist = ["view"]

[routing]
dm_scope = "main"
[[routing.bindings]]
channel = "slack"
routing_key = "k"
direct = "U1"
[[routing.bindings]]
channel = "telegram"
routing_key = "k"
group = -100123

[[schedules]]
name = "full"
cron = "0 9 * * MON"
prompt = "p"
check = "/usr/local/bin/check"
check_timeout = "30s"
timeout = "2h 30m"
trigger_on = "any"
profile = "default"
max_turns = 5
pause_on_approval = true
sandbox = true
board_id = "b"
notify_on = "failures"
notify_channel = "slack"
notify_target = "#ops"
notify_chat_id = "1"
channel = "1"
interaction = "silent"
enable_slack_tools = true
enable_subagents = true
enabled = true
timezone = "UTC"
jitter = "1m"
overlap = "queue"
catch_up = "all"
catch_up_window = "1d"
retries = 2
workdir = "/workspace/site"
ping_url = "https://hc.example/abc"

[[schedules]]
name = "old"
cron = "@daily"
prompt = "p"
max_steps = 5

[channels.slack]
bot_token_env = "SLACK_BOT_TOKEN"
app_token_file = "~/app.token"
profile = "default"
model = "m"
auto_approve = ["view"]
require_mention = true
allowed_users = ["U1"]
allowed_chats = ["C1"]
approvers = ["U1"]
two_person = ["run_command"]
open = false
api_url = "http://127.0.0.1:1/api/"

[channels.telegram]
token_env = "TELEGRAM_BOT_TOKEN"
require_mention = false
auto_approve = "none"
allowed_users = [1]

[channels.discord]
token_env = "DISCORD_BOT_TOKEN"
guilds = [1, "2"]
two_person = true
`;
