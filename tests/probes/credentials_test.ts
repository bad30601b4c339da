import assert from "node:assert/strict";
import { credentials } from "../../src/probes/credentials.ts";
import { SEED_AUTOPILOT, SEED_CONFIG } from "../config/seed_examples.ts";
import { ask } from "../fakes/ask.ts";
import { test } from "../sanitized.ts";

const on = (config: string | undefined, env: Record<string, string> = {}, autopilot = "") =>
  ask(credentials, {
    env,
    files: {
      ...(config === undefined ? {} : { "/home/ada/.stakpak/config.toml": config }),
      "/home/ada/.stakpak/autopilot.toml": autopilot,
    },
  });
const DEFAULT = "[profiles.default]\n";
const OPS_RUNS = '[[schedules]]\nname = "a"\ncron = "* * * * *"\nprompt = "p"\nprofile = "ops"\n';

test("credentials passes with a key of the profile or of the environment, and says where from", async () => {
  const own = await on(`${DEFAULT}api_key = "value-of-the-key"\n`);
  assert.deepEqual([own.status, own.summary, own.details], ["pass", "Credentials configured", [
    '"stakpak" from api_key',
  ]]);
  const environment = await on(DEFAULT, { OPENAI_API_KEY: "value-of-the-key" });
  assert.deepEqual([environment.status, environment.details], ["pass", ['"openai" from $OPENAI_API_KEY']]);
});

test("credentials blocks without any, as the guide says", async () => {
  const { status, summary, fix } = await on(DEFAULT);
  assert.deepEqual([status, summary], ["block", "No provider credentials configured"]);
  assert.match(fix!.summary, /ANTHROPIC_API_KEY/);
});

test("credentials blocks when the only key is unset, and says which", async () => {
  const { status, details } = await on(`${DEFAULT}api_key_env = "STAKPAK_GONE"\n`);
  assert.deepEqual([status, details], ["block", ["api_key: $STAKPAK_GONE is not set"]]);
});

test("credentials counts the environment alone where there is no config.toml yet", async () => {
  assert.equal((await on(undefined, { ANTHROPIC_API_KEY: "k" })).status, "pass");
  assert.equal((await on(undefined)).status, "block");
});

test("credentials is skipped when the profile does not resolve: config_files says why", async () => {
  assert.equal((await on("[profiles.other]\n", { ANTHROPIC_API_KEY: "k" })).status, "skip");
});

test("credentials does not count a provider that we do not speak to", async () => {
  assert.equal(
    (await on(`[profiles.default.providers.b]\ntype = "amazon-bedrock"\nregion = "eu-central-1"\n`)).status,
    "block",
  );
});

test("credentials passes on the guide's examples: a profile without a key uses the default profile's", async () => {
  assert.equal((await on(SEED_CONFIG, {}, SEED_AUTOPILOT)).status, "pass");
});

test("credentials warns about a profile in use whose model nobody has a key for, and who uses it", async () => {
  const openai = '[profiles.default.providers.openai]\ntype = "openai"\napi_key = "k"\n';
  const ops = '[profiles.ops]\nmodel = "anthropic/claude-haiku-4-5"\n';
  const { status, details } = await on(openai + ops, {}, OPS_RUNS);
  assert.deepEqual([status, details], [
    "warn",
    ['profile "ops" (schedule "a") has a model of "anthropic" and no credentials for it'],
  ]);
});

test("credentials leaves a profile that does not resolve to schedule_config", async () => {
  assert.equal((await on(`${DEFAULT}api_key = "k"\n`, {}, OPS_RUNS)).status, "pass");
});

test("credentials warns when the model's provider is not among them", async () => {
  const model = (id: string) => `${DEFAULT}model = "${id}"\n`;
  const { status, details } = await on(model("anthropic/claude-haiku-4-5"), { OPENAI_API_KEY: "k" });
  assert.deepEqual([status, details], [
    "warn",
    ['profile "default" (default) has a model of "anthropic" and no credentials for it'],
  ]);
  const fine: [string, Record<string, string>][] = [
    [model("openai/gpt"), { OPENAI_API_KEY: "k" }],
    [model("google/gemini"), { GEMINI_API_KEY: "k" }],
    [model("anything/at-all"), { STAKPAK_API_KEY: "k" }],
    [model("no-provider"), { OPENAI_API_KEY: "k" }],
  ];
  for (const [config, env] of fine) assert.equal((await on(config, env)).status, "pass", config);
});

test("credentials warns about one key that is unusable beside another that is", async () => {
  const text =
    `${DEFAULT}api_key_env = "STAKPAK_GONE"\n[profiles.default.providers.openai]\ntype = "openai"\napi_key = "k"\n`;
  const { status, details } = await on(text);
  assert.deepEqual([status, details], ["warn", ["api_key: $STAKPAK_GONE is not set"]]);
});
