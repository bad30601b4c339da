import assert from "node:assert/strict";
import { addEnvironmentSecrets, addFileSecrets } from "../../src/secrets/known_values.ts";
import { Redactor } from "../../src/secrets/redactor.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

test("addFileSecrets() makes every secret key of a table known, at any depth", () => {
  const redactor = new Redactor();
  addFileSecrets(redactor, {
    profiles: { a: { api_key: "value-one-1", providers: { x: { auth: { key: "value-two-2" } } } } },
    channels: { slack: { bot_token: "value-three" } },
  });
  for (const value of ["value-one-1", "value-two-2", "value-three"]) {
    assert.match(redactor.redact(value), /^\[REDACTED/);
  }
});

test("addFileSecrets() leaves other keys and odd values alone", () => {
  const redactor = new Redactor();
  addFileSecrets(redactor, { model: "claude-sonnet", api_key: 5, list: [null, "plain-text"] });
  addFileSecrets(redactor, undefined);
  assert.equal(redactor.redact("claude-sonnet plain-text"), "claude-sonnet plain-text");
});

test("addEnvironmentSecrets() makes the provider keys of the environment known", () => {
  const redactor = new Redactor();
  addEnvironmentSecrets(
    redactor,
    fakeHost({ env: { ANTHROPIC_API_KEY: "environment-key", STAKPAK_API_KEY: "stakpak-key-1" } }),
  );
  assert.match(redactor.redact("environment-key"), /^\[REDACTED/);
  assert.match(redactor.redact("stakpak-key-1"), /^\[REDACTED/);
});

test("the password of an address is known, in both files and in the environment", () => {
  const redactor = new Redactor();
  addFileSecrets(redactor, {
    notifications: { gateway_url: "https://ada:pass-in-a-file@example.com/x" },
    schedules: [{ ping_url: "https://ada:with%2Fslash%21-and-more@ping.example.com" }],
    plain: ["https://example.com/a", "https://ada@example.com", "https://%"],
  });
  const env = { DOCKER_HOST: "tcp://ada:pass-of-docker@host:1", HTTPS_PROXY: "http://proxy.example.com" };
  addEnvironmentSecrets(redactor, fakeHost({ env }));
  for (
    const value of ["pass-in-a-file", "with/slash!-and-more", "with%2Fslash%21-and-more", "pass-of-docker"]
  ) {
    assert.match(redactor.redact(`got ${value} here`), /^got \[REDACTED[^\]]+\] here$/, value);
  }
  assert.equal(
    redactor.redact("https://example.com/a proxy.example.com"),
    "https://example.com/a proxy.example.com",
  );
});
