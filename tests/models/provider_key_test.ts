import assert from "node:assert/strict";
import { UserError } from "../../src/domain/error.ts";
import { profileProviders } from "../../src/models/profile_providers.ts";
import { providerKey } from "../../src/models/provider_key.ts";
import { fakeHost, type FakeMachine } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";
import { profileOf } from "./routes.ts";

async function keyOf(text: string, machine: FakeMachine = {}): Promise<string | undefined> {
  const host = fakeHost(machine);
  const [first] = profileProviders(profileOf(text), host);
  return (await providerKey(first!, host))?.reveal();
}

const LOGIN = (expires?: string) =>
  `[profiles.default.providers.anthropic]\ntype = "anthropic"\n[profiles.default.providers.anthropic.auth]
type = "oauth"\naccess = "token-1"\n${expires ? `expires = ${Date.parse(expires)}\n` : ""}`;
const CUSTOM = '[profiles.default.providers.local]\ntype = "custom"\napi_endpoint = "http://127.0.0.1:1"\n';

test("providerKey() reads the key from where the profile says it is", async () => {
  const file = '[profiles.default.providers.openai]\ntype = "openai"\napi_key_file = "~/key"\n';
  assert.equal(await keyOf(file, { files: { "/home/ada/key": "k-1\n" } }), "k-1");
  assert.equal(await keyOf("", { env: { OPENAI_API_KEY: "k-2" } }), "k-2");
});

test("providerKey() is nothing for an address that is used without a key", async () => {
  assert.equal(await keyOf(CUSTOM), undefined);
});

test("providerKey() gives the token of a login until it ends", async () => {
  assert.equal(await keyOf(LOGIN()), "token-1");
  assert.equal(await keyOf(LOGIN("2026-11-22T12:00:01Z")), "token-1");
  await assert.rejects(keyOf(LOGIN("2026-11-22T12:00:00Z")), {
    message:
      'Cannot use the provider "anthropic" (providers.anthropic.auth.access): its login ended 2026-11-22T12:00Z, and is not renewed here',
    hint: "log in again with the program that wrote it, or write api_key in its place",
    exitCode: 2,
  });
});

test("providerKey() refuses a login where only keys are spoken", async () => {
  const text =
    '[profiles.default.providers.openai]\ntype = "openai"\n[profiles.default.providers.openai.auth]\n' +
    'type = "oauth"\naccess = "t"\n';
  await assert.rejects(keyOf(text), /a login is not spoken here, only API keys/);
});

test("providerKey() says what is not set", async () => {
  const text = '[profiles.default.providers.openai]\ntype = "openai"\napi_key_env = "STAKPAK_K"\n';
  await assert.rejects(keyOf(text, { env: { OPENAI_API_KEY: "other" } }), {
    message: 'Cannot use the provider "openai" (providers.openai.api_key): $STAKPAK_K is not set',
  });
});

test("providerKey() refuses a key that others can read, and one that no header can hold, without repeating it", async () => {
  const file = '[profiles.default.providers.openai]\ntype = "openai"\napi_key_file = "~/key"\n';
  await assert.rejects(
    keyOf(file, { files: { "/home/ada/key": { text: "k", mode: 0o644 } } }),
    /must be 0600/,
  );
  for (const key of ["two words", "k\r\nx-admin: 1", "ключ"]) {
    await assert.rejects(
      keyOf("", { env: { OPENAI_API_KEY: key } }),
      (error: unknown) =>
        error instanceof UserError && error.message.includes("blanks or characters") &&
        !error.message.includes(key),
    );
  }
});
