import { deepEqual, equal, match, ok } from "node:assert/strict";
import { plantedForms, plantedSamples } from "../../src/secrets/planted_samples.ts";
import { PLANTED_PLATFORMS } from "../../src/secrets/planted_platforms.ts";
import { PLANTED_SERVICES } from "../../src/secrets/planted_services.ts";
import { Redactor } from "../../src/secrets/redactor.ts";
import { PROVIDER_RULES, SECRET_RULES } from "../../src/secrets/secret_rules.ts";
import { test } from "../sanitized.ts";

const SAMPLES = plantedSamples();

test("every rule has planted formats, and every format is of a rule", () => {
  const planted = [...PLANTED_PLATFORMS, ...PLANTED_SERVICES].map(([rule]) => rule);
  deepEqual([...new Set(planted)].sort(), SECRET_RULES.map(({ id }) => id).sort());
});

test("plantedSamples() puts every format into eight settings, each with a secret of its own", () => {
  const formats = PLANTED_PLATFORMS.length + PLANTED_SERVICES.length;
  const settings = new Set(SAMPLES.map(({ setting }) => setting));
  equal(settings.size, 8);
  equal(SAMPLES.length, formats * settings.size);
  const github = SAMPLES.filter(({ rule }) => rule === "github-token").map(({ secret }) => secret);
  equal(new Set(github).size, settings.size);
  for (const secret of github) match(secret, /^ghp_[A-Za-z0-9]{36}$/);
});

test("plantedSamples() plants what it says: the secret stands in the plain text, and every blank is filled", () => {
  for (const { setting, text, secret } of SAMPLES) {
    ok(!/[«»‹›]/.test(text + secret), text);
    ok(secret.length >= 8, text);
    if (setting === "plain") ok(text.includes(secret), text);
  }
});

test("a planted secret of a provider is named by its rule", () => {
  const ofProviders = new Set(PROVIDER_RULES.map(({ id }) => id));
  const plain = SAMPLES.filter(({ rule, setting }) => setting === "plain" && ofProviders.has(rule));
  const misnamed = plain.flatMap(({ rule, text }) => {
    const line = text.split("\n")[1]!;
    const rules = new Redactor().find(line).map((found) => found.rule);
    return rules.includes(rule) ? [] : [{ rule, rules, line }];
  });
  deepEqual(misnamed, []);
});

test("plantedForms() has a value in all its forms", () => {
  const forms = plantedForms("a known/value 1");
  ok(forms.length > 8);
  ok(forms.some(({ text }) => text === "before a%20known%2Fvalue%201 behind"));
  ok(forms.every(({ rule, text, secret }) => rule === "known" && text.includes(secret)));
});
