import assert from "node:assert/strict";
import { type Credential, credentialsOf } from "../../src/config/credentials.ts";
import { resolveProfile } from "../../src/config/resolve_profile.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";
import { config } from "./loaded.ts";

function found(profile: string, env: Record<string, string> = {}): Credential[] {
  const text = `[profiles.default]\n${profile}`;
  return credentialsOf(resolveProfile(config(text), "default").profile, fakeHost({ env }));
}
const setIn = (profile: string, env: Record<string, string> = {}) =>
  found(profile, env).map(({ provider, setIn }) => `${provider} ${setIn}`);

const ANTHROPIC = '[profiles.default.providers.anthropic]\ntype = "anthropic"\n';

test("credentialsOf() takes auth before api_key, the old table and the environment, in this order", () => {
  const env = { ANTHROPIC_API_KEY: "e" };
  const old = '[profiles.default.anthropic]\napi_key = "o"\n';
  const key = `${ANTHROPIC}api_key = "k"\naccess_token = "t"\n`;
  const auth = '[profiles.default.providers.anthropic.auth]\ntype = "api"\nkey = "a"\n';
  assert.deepEqual(setIn(key + auth + old, env), ["anthropic providers.anthropic.auth.key"]);
  assert.deepEqual(setIn(key + old, env), ["anthropic providers.anthropic.api_key"]);
  assert.deepEqual(setIn(`${ANTHROPIC}access_token = "t"\n${old}`, env), [
    "anthropic providers.anthropic.access_token",
  ]);
  assert.deepEqual(setIn(ANTHROPIC + old, env), ["anthropic anthropic.api_key"]);
  assert.deepEqual(setIn(ANTHROPIC, env), ["anthropic $ANTHROPIC_API_KEY"]);
  assert.deepEqual(setIn(ANTHROPIC), []);
});

test("credentialsOf() takes the access token of an oauth login", () => {
  const text =
    `${ANTHROPIC}[profiles.default.providers.anthropic.auth]\ntype = "oauth"\naccess = "a"\nrefresh = "r"\n`;
  assert.deepEqual(setIn(text), ["anthropic providers.anthropic.auth.access"]);
  assert.deepEqual(found(text)[0]?.login, {});
});

test("credentialsOf() says of an access token until when it is good, and of a key that it is none", () => {
  const login =
    `${ANTHROPIC}[profiles.default.providers.anthropic.auth]\ntype = "oauth"\naccess = "a"\nexpires = 7\n`;
  assert.deepEqual(found(login)[0]?.login, { expires: 7 });
  assert.deepEqual(found(`${ANTHROPIC}access_token = "t"\n`)[0]?.login, {});
  assert.equal(found(`${ANTHROPIC}api_key = "k"\n`)[0]?.login, undefined);
});

test("credentialsOf() finds each provider's variable", () => {
  const env = { ANTHROPIC_API_KEY: "1", OPENAI_API_KEY: "2", GEMINI_API_KEY: "3", OPENROUTER_API_KEY: "4" };
  assert.deepEqual(setIn("", env), [
    "anthropic $ANTHROPIC_API_KEY",
    "openai $OPENAI_API_KEY",
    "gemini $GEMINI_API_KEY",
    "openrouter $OPENROUTER_API_KEY",
  ]);
  assert.deepEqual(setIn("", { OPENAI_API_KEY: " " }), []);
});

test("credentialsOf() takes the Stakpak key from the environment before the profile and its provider", () => {
  const provider = '[profiles.default.providers.stakpak]\ntype = "stakpak"\napi_key = "p"\n';
  const env = { STAKPAK_API_KEY: "e" };
  assert.deepEqual(setIn(`api_key = "k"\n${provider}`, env), ["stakpak $STAKPAK_API_KEY"]);
  assert.deepEqual(setIn(`api_key = "k"\n${provider}`), ["stakpak api_key"]);
  assert.deepEqual(setIn(provider), ["stakpak providers.stakpak.api_key"]);
});

test("credentialsOf() uses a custom address without a key, and a provider of another name with its type's variable", () => {
  const text = `[profiles.default.providers.local]\ntype = "custom"\napi_endpoint = "http://127.0.0.1:1/v1"
[profiles.default.providers.work]\ntype = "openai"\n`;
  const credentials = found(text, { OPENAI_API_KEY: "e" });
  assert.deepEqual(credentials.map(({ provider, source }) => [provider, source?.from]), [
    ["local", undefined],
    ["work", "environment"],
    ["openai", "environment"],
  ]);
});

test("credentialsOf() leaves out providers that this implementation does not speak to", () => {
  const text = `[profiles.default.providers.b]\ntype = "amazon-bedrock"\nregion = "eu-central-1"
[profiles.default.providers.c]\ntype = "github-copilot"\napi_key = "k"\n`;
  assert.deepEqual(found(text), []);
});

test("credentialsOf() does not go on to the environment when what is written is unset", () => {
  const text = `${ANTHROPIC}api_key_env = "STAKPAK_UNSET"\n`;
  assert.deepEqual(found(text, { ANTHROPIC_API_KEY: "e" }), [{
    provider: "anthropic",
    type: "anthropic",
    source: { from: "environment", name: "STAKPAK_UNSET" },
    setIn: "providers.anthropic.api_key",
  }]);
});

test("credentialsOf() hands on no value", () => {
  const text = `api_key = "plain-value"\n`;
  assert.ok(!JSON.stringify(found(text)).includes("plain-value"));
});
