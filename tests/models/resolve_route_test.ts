import assert from "node:assert/strict";
import { resolveProfile } from "../../src/config/resolve_profile.ts";
import { UserError } from "../../src/domain/error.ts";
import { UNKNOWN_LIMITS } from "../../src/models/catalogue.ts";
import { resolveRoute } from "../../src/models/resolve_route.ts";
import { config } from "../config/loaded.ts";
import { SEED_CONFIG } from "../config/seed_examples.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";
import { profileOf } from "./routes.ts";

const resolve = (id: string, text = "", env: Record<string, string> = {}) =>
  resolveRoute(fakeHost({ env }), id, profileOf(text));

test("resolveRoute() says all that a run's requests need", async () => {
  const { headers, key, ...route } = await resolve("anthropic/claude-opus-4-6", "", {
    ANTHROPIC_API_KEY: "k-1",
  });
  assert.deepEqual(route, {
    provider: "anthropic",
    api: "anthropic",
    model: "claude-opus-4-6",
    limits: { contextTokens: 1_000_000, outputTokens: 128_000 },
    workerBase: "https://gateway.invalid/v1",
    workerPath: "/messages",
    url: "https://api.anthropic.com/v1/messages",
  });
  assert.deepEqual(headers(key), { "anthropic-version": "2023-06-01", "x-api-key": "k-1" });
  assert.ok(!JSON.stringify(route).includes("k-1") && !`${key}`.includes("k-1"));
});

test("resolveRoute() sends a login's token as such", async () => {
  const text = '[profiles.default.providers.anthropic]\ntype = "anthropic"\naccess_token = "t-1"\n';
  const { headers, key } = await resolve("anthropic/claude-opus-4-6", text);
  assert.equal(headers(key)["authorization"], "Bearer t-1");
  assert.equal(headers(key)["x-api-key"], undefined);
});

test("resolveRoute() takes a model that nobody knows, with careful limits", async () => {
  const text =
    '[profiles.default.providers.local]\ntype = "custom"\napi_endpoint = "http://127.0.0.1:11434"\n';
  const { limits, url, key } = await resolve("local/llama3", text);
  assert.deepEqual(limits, UNKNOWN_LIMITS);
  assert.equal(url, "http://127.0.0.1:11434/v1/chat/completions");
  assert.equal(key, undefined);
});

test("resolveRoute() uses each profile's own key, and none of another profile's", async () => {
  const file = config(`[profiles.a.providers.openai]\ntype = "openai"\napi_key = "key-of-a"
[profiles.b.providers.openai]\ntype = "openai"\napi_key = "key-of-b"
[profiles.c]\nmax_turns = 1\n`);
  const keyOf = async (name: string) =>
    (await resolveRoute(fakeHost(), "openai/gpt-5", resolveProfile(file, name))).key?.reveal();
  assert.equal(await keyOf("a"), "key-of-a");
  assert.equal(await keyOf("b"), "key-of-b");
  await assert.rejects(keyOf("c"), /profile "c" has no key for "openai"/);
});

test("resolveRoute() gives the guide's profiles the key of the one that the server runs under", async () => {
  const profile = resolveProfile(config(SEED_CONFIG), "monitoring", "default");
  const { provider, model, key } = await resolveRoute(fakeHost(), profile.overrides.model!, profile);
  assert.deepEqual([provider, model, key?.reveal()], ["stakpak", "anthropic/claude-haiku-4-5", "sk-..."]);
});

test("resolveRoute() refuses an address that a key must not be sent to", async () => {
  const env = { OPENAI_API_KEY: "k", OPENAI_BASE_URL: "http://models.example/v1" };
  await assert.rejects(
    resolve("openai/gpt-5", "", env),
    (error: unknown) =>
      error instanceof UserError && error.message.includes("($OPENAI_BASE_URL): it is plain http"),
  );
});
