import assert from "node:assert/strict";
import { UserError } from "../../src/domain/error.ts";
import { placeModel } from "../../src/models/place_model.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";
import { profileOf } from "./routes.ts";

const place = (id: string, text = "", env: Record<string, string> = {}) => {
  const { of, model } = placeModel(id, profileOf(text), fakeHost({ env }));
  return `${of.name}: ${model}`;
};

const LOCAL =
  '[profiles.default.providers.litellm]\ntype = "custom"\napi_endpoint = "http://127.0.0.1:1/v1"\n';
const KEYS = { ANTHROPIC_API_KEY: "1", OPENAI_API_KEY: "2", GEMINI_API_KEY: "3" };

test("placeModel() splits an id at its first slash and hands on the rest as it is", () => {
  assert.equal(place("anthropic/claude-sonnet-4-5", "", KEYS), "anthropic: claude-sonnet-4-5");
  assert.equal(place("litellm/anthropic/x", LOCAL), "litellm: anthropic/x");
  assert.equal(
    place("openrouter/meta-llama/llama-3", "", { OPENROUTER_API_KEY: "k" }),
    "openrouter: meta-llama/llama-3",
  );
  assert.equal(place("  openai/gpt-5 ", "", KEYS), "openai: gpt-5");
});

test("placeModel() takes google/… and gemini/… for the same provider (mcp O-64)", () => {
  for (const id of ["google/gemini-2.5-pro", "gemini/gemini-2.5-pro"]) {
    assert.equal(place(id, "", KEYS), "gemini: gemini-2.5-pro");
    assert.equal(
      place(id, '[profiles.default.providers.google]\ntype = "gemini"\napi_key = "k"\n'),
      "google: gemini-2.5-pro",
    );
  }
});

test("placeModel() gives a bare name to the provider that is known for it", () => {
  assert.equal(place("claude-opus-4-5-20251101", "", KEYS), "anthropic: claude-opus-4-5-20251101");
  assert.equal(place("gpt-5", "", KEYS), "openai: gpt-5");
  assert.equal(place("gemini-2.5-flash", "", KEYS), "gemini: gemini-2.5-flash");
});

test("placeModel() gives any other bare name to the profile's first provider", () => {
  assert.equal(place("llama3.3:70b", LOCAL), "litellm: llama3.3:70b");
  assert.equal(place("gpt-4o", LOCAL), "litellm: gpt-4o");
});

test("placeModel() asks a Stakpak account for a model whose own provider has no key", () => {
  const env = { STAKPAK_API_KEY: "k" };
  assert.equal(place("anthropic/claude-opus-4-6", "", env), "stakpak: anthropic/claude-opus-4-6");
  assert.equal(place("gemini/gemini-2.5-pro", "", env), "stakpak: google/gemini-2.5-pro");
  assert.equal(place("gpt-5", "", env), "stakpak: openai/gpt-5");
  assert.equal(place("stakpak/anthropic/claude-opus-4-6", "", env), "stakpak: anthropic/claude-opus-4-6");
  assert.equal(place("anthropic/claude-opus-4-6", "", { ...env, ...KEYS }), "anthropic: claude-opus-4-6");
});

test("placeModel() asks nobody else where the profile has a table for that provider, without its key", () => {
  const table = '[profiles.default.providers.anthropic]\ntype = "anthropic"\n';
  assert.throws(() => place("anthropic/claude-opus-4-6", table, { STAKPAK_API_KEY: "k" }), {
    message: 'Cannot use the model "anthropic/claude-opus-4-6": profile "default" has no key for "anthropic"',
  });
});

const WRONG: readonly (readonly [string, string, Record<string, string>, string, string])[] = [
  [
    "antropic/claude-opus-4-6",
    "",
    KEYS,
    'profile "default" has no provider "antropic", it has "anthropic", "openai", "gemini"',
    'did you mean "anthropic/claude-opus-4-6"?',
  ],
  [
    "meta-llama/llama-3",
    "",
    { OPENROUTER_API_KEY: "k" },
    'profile "default" has no provider "meta-llama", it has "openrouter"',
    'a model of OpenRouter is written "openrouter/meta-llama/llama-3"',
  ],
  [
    "zzzzzz/x",
    "",
    {},
    'profile "default" has no provider "zzzzzz", it has none with a key',
    "stakpak model list",
  ],
  [
    "openai/gpt-5",
    "",
    { ANTHROPIC_API_KEY: "k" },
    'profile "default" has no key for "openai"',
    "set OPENAI_API_KEY, or add [profiles.default.providers.openai]",
  ],
  [
    "google/gemini-2.5-pro",
    "",
    {},
    'profile "default" has no key for "google"',
    "set GEMINI_API_KEY, or add [profiles.default.providers.gemini]",
  ],
  [
    "claude-opus-4-6",
    "",
    {},
    'profile "default" has no provider with a key',
    "set ANTHROPIC_API_KEY, or add [profiles.default.providers.anthropic]",
  ],
  [
    "amazon-bedrock/claude-sonnet-4-5",
    "",
    KEYS,
    "amazon-bedrock is not spoken by this implementation",
    'use another provider, or an OpenAI-compatible gateway in front of it (type = "custom")',
  ],
  [
    "cop/gpt-5",
    '[profiles.default.providers.cop]\ntype = "github-copilot"\n',
    KEYS,
    "github-copilot is not spoken by this implementation",
    'use another provider, or an OpenAI-compatible gateway in front of it (type = "custom")',
  ],
  ["/gpt-5", "", KEYS, "one side of its first slash is empty", "stakpak model list"],
  ["openai/", "", KEYS, "one side of its first slash is empty", "stakpak model list"],
  ["custom/x", LOCAL, {}, 'profile "default" has no provider "custom", it has "litellm"', "did you mean"],
];

for (const [id, text, env, why, hint] of WRONG) {
  test(`placeModel() refuses ${id}: ${why}`, () => {
    assert.throws(() => place(id, text, env), (error: unknown) => {
      assert.ok(error instanceof UserError);
      assert.equal(error.message, `Cannot use the model "${id}": ${why}`);
      assert.ok(error.hint?.startsWith(hint), error.hint);
      assert.equal(error.exitCode, 2);
      return true;
    });
  });
}

test("placeModel() refuses what is no name, and does not repeat what may be a key", () => {
  for (const id of ["", "  ", "two words", "a\nb", "x".repeat(201), "a\u202Eb"]) {
    assert.throws(() => place(id, "", KEYS), /it must be a name such as/);
  }
  const key = "sk-ant-api03-Zq8vYtR2xW5kLmN7pQ9sT1uV3wX5yZ7aB9cD1eF3gH5jK7mN9pQ";
  assert.throws(() => place(key), (error: Error) => !error.message.includes("Zq8v"));
  assert.throws(
    () => place(`${key}/x`, "", KEYS),
    (error: UserError) => !`${error.message}${error.hint}`.includes("Zq8v"),
  );
});
