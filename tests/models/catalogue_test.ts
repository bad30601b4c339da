import assert from "node:assert/strict";
import { KNOWN_MODELS, knownModel, UNKNOWN_LIMITS } from "../../src/models/catalogue.ts";
import { PROVIDERS } from "../../src/models/registry.ts";
import { test } from "../sanitized.ts";

test("knownModel() finds a model by its name, with a date behind it, and as other providers write it", () => {
  const names = [
    "claude-opus-4-5",
    "claude-opus-4-5-20251101",
    "anthropic/claude-opus-4.5",
    "gpt-5-mini-2025-08-07",
    "gpt-5-2025-08-07",
    "models/gemini-2.5-flash",
  ];
  assert.deepEqual(names.map((name) => knownModel(name)?.model), [
    "claude-opus-4-5",
    "claude-opus-4-5",
    "claude-opus-4-5",
    "gpt-5-mini",
    "gpt-5",
    "gemini-2.5-flash",
  ]);
});

test("knownModel() does not take a name that only begins alike", () => {
  for (const name of ["gpt-55", "o33", "claude", "", "llama-3.3-70b"]) {
    assert.equal(knownModel(name), undefined, name);
  }
});

test("the catalogue has limits that a model can have, names that are not there twice, and known providers", () => {
  const ids = KNOWN_MODELS.map(({ provider, model }) => `${provider}/${model}`);
  assert.equal(new Set(ids).size, ids.length);
  for (const { provider, limits, price } of KNOWN_MODELS) {
    assert.ok(PROVIDERS.some(({ id }) => id === provider));
    assert.ok(limits.outputTokens < limits.contextTokens && limits.outputTokens >= 1_024);
    assert.ok(price.input > 0 && price.output > price.input);
  }
  assert.ok(UNKNOWN_LIMITS.outputTokens < UNKNOWN_LIMITS.contextTokens);
});

test("every provider's own model is known, where its models are", () => {
  for (const { id, defaultModel } of PROVIDERS) {
    if (defaultModel) assert.ok(knownModel(defaultModel), `${id}/${defaultModel}`);
  }
});
