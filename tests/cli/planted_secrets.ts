/** Fifty secrets that must never be printed, and files and variables that hold them in every place that takes one. */
export const PLANTED: readonly string[] = Array.from(
  { length: 50 },
  (_, i) => `planted-${String(i).padStart(2, "0")}-Zq7x${(i * 7919).toString(36)}vK2p`,
);

let next = 0;
const plant = () => PLANTED[next++ % PLANTED.length]!;

/** Both files right, every secret key used. */
export const RIGHT_FILES: Readonly<Record<string, string>> = {
  ".stakpak/config.toml": `
[profiles.all]
api_key = "${plant()}"
[profiles.default]
api_key = "${plant()}"
[profiles.default.providers.anthropic]
type = "anthropic"
api_key = "${plant()}"
access_token = "${plant()}"
[profiles.default.providers.openai]
type = "openai"
auth = { type = "api", key = "${plant()}" }
[profiles.default.providers.other]
type = "custom"
api_endpoint = "https://ada:${plant()}@example.com/v1"
auth = { type = "oauth", access = "${plant()}", refresh = "${plant()}" }
[profiles.old.openai]
api_key = "${plant()}"
`,
  ".stakpak/autopilot.toml": `
[server]
token = "${plant()}"
[notifications]
gateway_token = "${plant()}"
gateway_url = "https://ada:${plant()}@gateway.example.com"
[channels.slack]
bot_token = "${plant()}"
app_token = "${plant()}"
[channels.telegram]
token = "${plant()}"
api_url = "https://ada:${plant()}@example.com"
model = "m"
[channels.discord]
token = "${plant()}"
[[schedules]]
name = "health-check"
cron = "*/5 * * * *"
prompt = "p"
ping_url = "https://ada:${plant()}@ping.example.com"
`,
};

/** Secrets pasted where they do not belong: every error message meets one. */
export const WRONG_FILES: Readonly<Record<string, string>> = {
  ".stakpak/config.toml": `
[profiles.default]
api_key = 5
max_turns = "${plant()}"
allowed_tools = ["${plant()}"]
provider = "${plant()}"
api_endpoint = "${plant()}"
${plant()} = "x"
warden = "${plant()}"
[profiles.second]
api_key_env = "${plant()}"
[profiles.third]
api_key = "${plant()}"
api_key_file = "${plant()}"
[profiles.fourth.providers.x]
type = "${plant()}"
[profiles.fifth.openai]
custom_headers = "${plant()}"
`,
  ".stakpak/autopilot.toml": `
[server]
listen = "${plant()}"
sandbox_mode = "${plant()}"
[[schedules]]
name = "health-check"
cron = "${plant()}"
timezone = "${plant()}"
trigger_on = "${plant()}"
timeout = "${plant()}"
prompt = 5
profile = "${plant()}"
[[schedules]]
name = "second"
cron = "* * * * *"
prompt = "p"
profile = "${plant()}"
notify_channel = "${plant()}"
check = "/${plant()}"
[sandbox]
egress = ["${plant()}"]
memory = "${plant()}"
image = "${plant()}"
volumes = ["${plant()}:/x", "/${plant()}:/y"]
[channels.slack]
bot_token = ["${plant()}"]
app_token_env = "${plant()}"
[channels."${plant()}"]
token = "x"
[[doctor.acknowledge]]
probe = "${plant()}"
reason = "r"
until = "${plant()}"
`,
};

/** Files that are not TOML, with a secret on the very line of the mistake. */
export const UNREADABLE_FILES: Readonly<Record<string, string>> = {
  ".stakpak/config.toml": `[profiles.default]\napi_key = ${plant()}\n`,
  ".stakpak/autopilot.toml": `[channels.slack]\nbot_token = "${plant()}\napp_token = ${plant()}\n`,
};

export const PLANTED_ENVIRONMENT: Readonly<Record<string, string>> = {
  ANTHROPIC_API_KEY: plant(),
  OPENAI_API_KEY: plant(),
  SLACK_BOT_TOKEN: plant(),
  STAKPAK_API_KEY: plant(),
  DOCKER_HOST: `tcp://ada:${plant()}@127.0.0.1:1`,
};
