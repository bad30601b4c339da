import assert from "node:assert/strict";
import { firstModel } from "../../src/models/first_model.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";
import { profileOf } from "./routes.ts";

const first = (text: string, env: Record<string, string> = {}) =>
  firstModel(profileOf(text), fakeHost({ env }));

test("firstModel() is that of the first provider with a credential: anthropic, openai, google, openrouter, stakpak", () => {
  const env: Record<string, string> = {
    ANTHROPIC_API_KEY: "k",
    OPENAI_API_KEY: "k",
    GEMINI_API_KEY: "k",
    OPENROUTER_API_KEY: "k",
    STAKPAK_API_KEY: "k",
  };
  const models = Object.keys(env).map((name) => {
    const model = first("", env);
    delete env[name];
    return model;
  });
  assert.deepEqual(models, [
    "anthropic/claude-opus-4-6",
    "openai/gpt-5.4",
    "gemini/gemini-3.5-flash",
    "openrouter/anthropic/claude-opus-4.6",
    "stakpak/anthropic/claude-opus-4-6",
  ]);
});

test("firstModel() is nothing without a credential, and for addresses of which nobody knows the models", () => {
  assert.equal(first(""), undefined);
  const custom =
    '[profiles.default.providers.local]\ntype = "custom"\napi_endpoint = "http://127.0.0.1:1/v1"\n';
  assert.equal(first(custom), undefined);
});
