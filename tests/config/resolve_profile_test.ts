import assert from "node:assert/strict";
import { profileNames, resolveProfile, tryResolveProfile } from "../../src/config/resolve_profile.ts";
import { UserError } from "../../src/domain/error.ts";
import { MAX_SYSTEM_PROMPT_CHARACTERS } from "../../src/domain/run.ts";
import { CREDENTIALS } from "../fakes/credentials.ts";
import { test } from "../sanitized.ts";
import { config } from "./loaded.ts";
import { SEED_CONFIG } from "./seed_examples.ts";

const resolve = (text: string, name = "default") => resolveProfile(config(text), name);
const overrides = (text: string) => resolve(text).overrides;

function refusal(text: string, name = "default"): string {
  const error = tryResolveProfile(config(text), name);
  assert.ok(error instanceof UserError);
  assert.equal(error.exitCode, 2);
  return `${error.message} | ${error.hint}`;
}

test("resolveProfile() turns the guide's profiles into overrides", () => {
  const { overrides, allowedTools } = resolve(SEED_CONFIG, "monitoring");
  assert.deepEqual(overrides, {
    model: "anthropic/claude-haiku-4-5",
    autoApprove: ["stakpak__search_docs", "stakpak__view"],
    systemPrompt: "Monitor and report only. Never make changes.",
    maxTurns: 16,
  });
  assert.deepEqual(allowedTools, ["stakpak__search_docs", "stakpak__view"]);
});

test("resolveProfile() names who lends credentials: another profile that resolves, with what it inherits", () => {
  const text =
    `[profiles.all]\napi_key = "k"\n[profiles.default]\n[profiles.ops]\n[profiles.broken]\nmax_turns = 0\n`;
  const lender = (name: string) => resolveProfile(config(text), "ops", name).lender;
  assert.equal(lender("default")?.name, "default");
  assert.ok(lender("default")?.profile.api_key);
  assert.deepEqual(["ops", "broken", "gone", "all"].map(lender), [
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  assert.equal(resolveProfile(config(text), "ops").lender, undefined);
});

test("resolveProfile() has no overrides where the profile says nothing", () => {
  const { overrides, allowedTools } = resolve("[profiles.default]");
  assert.deepEqual([overrides, allowedTools], [{}, undefined]);
});

test("resolveProfile() inherits from all, key by key, lists and tables whole", () => {
  const all = `[profiles.all]
model = "a/shared"
max_turns = 8
auto_approve = ["view"]
recent_models = ["a/shared"]
[profiles.all.rulebooks]
include = ["x"]
[profiles.all.warden]
volumes = ["/a:/a"]
`;
  const own = `[profiles.default]
model = "a/own"
auto_approve = ["run_command"]
recent_models = []
[profiles.default.rulebooks]
exclude = ["y"]
`;
  const { profile, overrides } = resolve(all + own);
  assert.deepEqual(overrides, { model: "a/own", maxTurns: 8, autoApprove: ["stakpak__run_command"] });
  assert.deepEqual(profile.rulebooks, { exclude: ["y"] });
  assert.deepEqual(profile.warden, { volumes: ["/a:/a"] });
  assert.deepEqual(profile.recent_models, ["a/shared"]);
});

test("resolveProfile() unites providers, the own one winning by name", () => {
  const provider = (profile: string, name: string, key: string) =>
    `[profiles.${profile}.providers.${name}]\ntype = "openai"\napi_key_env = "${key}"\n`;
  const { profile } = resolve(
    provider("all", "one", "STAKPAK_ALL") + provider("all", "two", "STAKPAK_ALL") +
      provider("default", "two", "STAKPAK_OWN"),
  );
  const names = Object.entries(profile.providers!).map(([name, { api_key_env }]) => [name, api_key_env]);
  assert.deepEqual(names, [
    ["one", { from: "environment", name: "STAKPAK_ALL" }],
    ["two", { from: "environment", name: "STAKPAK_OWN" }],
  ]);
});

test("resolveProfile() never mixes an own key with an inherited one", () => {
  const { profile } = resolve(
    '[profiles.all]\napi_key = "shared"\n[profiles.default]\napi_key_env = "STAKPAK_K"\n',
  );
  assert.equal(profile.api_key, undefined);
  assert.deepEqual(profile.api_key_env, { from: "environment", name: "STAKPAK_K" });
});

test("resolveProfile() folds the old model keys, by rank, and does not inherit them", () => {
  assert.equal(overrides('[profiles.default]\neco_model = "e"\nsmart_model = "s"\n').model, "s");
  assert.equal(overrides('[profiles.default]\nrecovery_model = "r"\n').model, "r");
  assert.equal(overrides('[profiles.default]\nmodel = "m"\nsmart_model = "s"\n').model, "m");
  assert.equal(overrides('[profiles.all]\nsmart_model = "s"\n[profiles.default]\n').model, undefined);
});

test("resolveProfile() trims, drops blanks and doubles, and keeps an empty list", () => {
  const text = `[profiles.default]
model = " m "
system_prompt = "  "
auto_approve = ["view", "stakpak__view", "run_command"]
allowed_tools = []
`;
  const { overrides, allowedTools } = resolve(text);
  assert.deepEqual(overrides, { model: "m", autoApprove: ["stakpak__run_command", "stakpak__view"] });
  assert.deepEqual(allowedTools, []);
});

test("resolveProfile() takes the limits and refuses what is beyond them", () => {
  const turns = (value: string) => `[profiles.default]\nmax_turns = ${value}\n`;
  assert.equal(overrides(turns("1")).maxTurns, 1);
  assert.equal(overrides(turns("256")).maxTurns, 256);
  for (const value of ["0", "257", "-1", "1.5", '"64"']) {
    assert.match(refusal(turns(value)), /max_turns is .*, must be /);
  }
  const prompt = (length: number) => `[profiles.default]\nsystem_prompt = "${"🙂".repeat(length)}"\n`;
  assert.equal([...overrides(prompt(MAX_SYSTEM_PROMPT_CHARACTERS)).systemPrompt!].length, 32_768);
  assert.match(refusal(prompt(MAX_SYSTEM_PROMPT_CHARACTERS + 1)), /must be at most 32768 characters/);
});

test("resolveProfile() refuses an unknown name, with the nearest or what to add", () => {
  assert.equal(
    refusal(SEED_CONFIG, "opps"),
    'Cannot load profile "opps": config.toml has no such profile, it has "default", "monitoring", "ops" | did you mean "ops"?',
  );
  assert.match(refusal(SEED_CONFIG, "frontend"), /\| add \[profiles\.frontend\]$/);
  assert.match(refusal(SEED_CONFIG, "two words!"), /\| add \[profiles\.NAME\]$/);
  assert.match(refusal("", "ops"), /it has no profiles/);
  for (const name of ["constructor", "__proto__", "toString"]) {
    assert.match(refusal(SEED_CONFIG, name), /no such profile/);
  }
});

test("resolveProfile() refuses the reserved name, and a file that is missing or not TOML", () => {
  assert.match(refusal("[profiles.all]", "all"), /reserved/);
  assert.match(refusal("nonsense"), /\(config\.toml:1:\d+\): is not TOML/);
  const missing = tryResolveProfile({ ...config(""), exists: false }, "ops");
  assert.match(missing instanceof UserError ? missing.message : "", /config\.toml does not exist/);
});

test("resolveProfile() takes default for empty where there is no file yet, and only there", () => {
  assert.deepEqual(resolveProfile({ ...config(""), exists: false }, "default").profile, {});
  assert.match(refusal("", "default"), /it has no profiles/);
});

test("resolveProfile() refuses a profile that is broken, or whose shared part is, and no other", () => {
  const text = '[profiles.default]\n[profiles."my team"]\nmax_turns = 0\n';
  assert.match(
    refusal(text, "my team"),
    /^Cannot load profile "my team" \(config\.toml:3:13\): profiles\."my team"\.max_turns is 0/,
  );
  assert.deepEqual(overrides(text), {});
  assert.match(refusal("[profiles.all]\nmax_turns = 0\n[profiles.default]\n"), /profiles\.all\.max_turns/);
  assert.match(refusal("profiles = 3"), /profiles is 3, must be a table/);
});

test("resolveProfile() tells profiles apart whose names are not repeated in messages", () => {
  const [right, wrong] = ["a".repeat(30), "b".repeat(30)];
  const text = `[profiles.${right}]\nmax_turns = 3\n[profiles.${wrong}]\nmax_turns = 0\n`;
  assert.equal(resolve(text, right).overrides.maxTurns, 3);
  assert.match(refusal(text, wrong), /max_turns is 0/);
});

test("resolveProfile() does not repeat a name that may be a credential", () => {
  for (const credential of CREDENTIALS) {
    assert.ok(!refusal(SEED_CONFIG, credential).includes(credential), credential);
    const near = `[profiles.${JSON.stringify(credential)}]\n`;
    assert.ok(!refusal(near, `${credential.slice(0, -1)}!`).includes(credential), credential);
  }
});

test("resolveProfile() takes the oldest format, which has no profiles, for default", () => {
  const { profile } = resolve('api_key_env = "STAKPAK_K"\napi_endpoint = "https://api.example"\n');
  assert.equal(profile.api_endpoint, "https://api.example");
  assert.match(refusal('api_key_env = "STAKPAK_K"\n', "ops"), /it has "default"/);
});

test("profileNames() has what can be used, broken ones too, sorted", () => {
  const text = '[profiles.all]\n[profiles.ops]\n[profiles."my team"]\nmax_turns = 0\n[profiles.default]\n';
  assert.deepEqual(profileNames(config(text)), ["default", "my team", "ops"]);
  assert.deepEqual(profileNames(config("profiles = 3")), []);
});
