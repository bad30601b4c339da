import assert from "node:assert/strict";
import { resolveProfile } from "../../src/config/resolve_profile.ts";
import { profileProviders, providerNamed } from "../../src/models/profile_providers.ts";
import { config } from "../config/loaded.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";
import { profileOf } from "./routes.ts";

const found = (text: string, env: Record<string, string> = {}) =>
  profileProviders(profileOf(text), fakeHost({ env }));
const addresses = (text: string, env: Record<string, string> = {}) =>
  found(text, env).map(({ name, address }) => `${name} ${address.text} (${address.setIn})`);

const ALL = {
  OPENROUTER_API_KEY: "1",
  GEMINI_API_KEY: "2",
  STAKPAK_API_KEY: "3",
  OPENAI_API_KEY: "4",
  ANTHROPIC_API_KEY: "5",
};

test("profileProviders() gives those with a credential, in the order of the registry, at their own addresses", () => {
  const custom =
    '[profiles.default.providers.local]\ntype = "custom"\napi_endpoint = "http://127.0.0.1:1/v1"\n';
  assert.deepEqual(addresses(custom, ALL), [
    "anthropic https://api.anthropic.com/v1 (its own address)",
    "openai https://api.openai.com/v1 (its own address)",
    "gemini https://generativelanguage.googleapis.com/v1beta (its own address)",
    "openrouter https://openrouter.ai/api/v1 (its own address)",
    "stakpak https://apiv2.stakpak.dev (its own address)",
    "local http://127.0.0.1:1/v1 (providers.local.api_endpoint)",
  ]);
  assert.deepEqual(found(""), []);
});

test("profileProviders() takes an address from the profile before the environment, Stakpak's the other way round", () => {
  const env = {
    ...ALL,
    ANTHROPIC_BASE_URL: "https://a.env",
    OPENAI_BASE_URL: " https://o.env ",
    STAKPAK_API_ENDPOINT: "https://s.env",
  };
  const text = `api_endpoint = "https://s.file"
[profiles.default.providers.anthropic]\ntype = "anthropic"\napi_endpoint = "https://a.file"
[profiles.default.gemini]\napi_endpoint = "https://g.file"\n`;
  assert.deepEqual(addresses(text, env), [
    "anthropic https://a.file (providers.anthropic.api_endpoint)",
    "openai https://o.env ($OPENAI_BASE_URL)",
    "gemini https://g.file (gemini.api_endpoint)",
    "openrouter https://openrouter.ai/api/v1 (its own address)",
    "stakpak https://s.env ($STAKPAK_API_ENDPOINT)",
  ]);
  assert.deepEqual(addresses(text, { STAKPAK_API_KEY: "k" }), ["stakpak https://s.file (api_endpoint)"]);
});

test("profileProviders() keeps two of a kind apart by their names", () => {
  const text =
    `[profiles.default.providers.work]\ntype = "openai"\napi_key = "w"\napi_endpoint = "https://w.example/v1"
[profiles.default.providers.constructor]\ntype = "openai"\napi_key = "c"\n`;
  assert.deepEqual(addresses(text), [
    "work https://w.example/v1 (providers.work.api_endpoint)",
    "constructor https://api.openai.com/v1 (its own address)",
  ]);
});

const LENDER = `[profiles.default]\napi_key = "stakpak-key"
[profiles.default.providers.openai]\ntype = "openai"\napi_key = "o"\napi_endpoint = "https://o.lender/v1"
[profiles.default.providers.gemini]\ntype = "gemini"\napi_key = "g"\n`;

function lent(own: string, lender = "default"): string[] {
  const profile = resolveProfile(config(`${LENDER}[profiles.ops]\nmax_turns = 2\n${own}`), "ops", lender);
  return profileProviders(profile, fakeHost()).map(({ name, address, lentBy }) =>
    `${name} ${address.text} ${lentBy ?? "own"}`
  );
}

test("profileProviders() gives what the lender has behind what the profile has itself, each at its own address", () => {
  const own = '[profiles.ops.providers.anthropic]\ntype = "anthropic"\napi_key = "a"\n';
  assert.deepEqual(lent(own), [
    "anthropic https://api.anthropic.com/v1 own",
    "openai https://o.lender/v1 default",
    "gemini https://generativelanguage.googleapis.com/v1beta default",
    "stakpak https://apiv2.stakpak.dev default",
  ]);
  assert.deepEqual(lent(own, "ops"), ["anthropic https://api.anthropic.com/v1 own"]);
  assert.deepEqual(lent(own, "gone"), ["anthropic https://api.anthropic.com/v1 own"]);
});

test("profileProviders() lends no provider that the profile itself writes about, so that no key goes astray", () => {
  const written: Readonly<Record<string, string>> = {
    '[profiles.ops.providers.openai]\ntype = "openai"\napi_endpoint = "https://o.own/v1"\n': "openai",
    '[profiles.ops.openai]\napi_endpoint = "https://o.own/v1"\n': "openai",
    '[profiles.ops.providers.google]\ntype = "gemini"\n': "gemini",
    'api_endpoint = "https://s.own"\n': "stakpak",
  };
  for (const [own, name] of Object.entries(written)) {
    assert.deepEqual(lent(own).filter((line) => line.startsWith(name)), [], own);
    assert.equal(lent(own).length, 2);
  }
});

test("providerNamed() takes google and gemini for one, an exact name first", () => {
  const gemini = found("", { GEMINI_API_KEY: "k" });
  assert.equal(providerNamed("google", gemini)?.name, "gemini");
  assert.equal(providerNamed("gemini", gemini)?.name, "gemini");
  const both = found('[profiles.default.providers.google]\ntype = "gemini"\napi_key = "k"\n', {
    GEMINI_API_KEY: "k",
  });
  assert.equal(providerNamed("google", both)?.name, "google");
  assert.equal(providerNamed("gemini", both)?.name, "gemini");
  assert.equal(providerNamed("openai", both), undefined);
});
