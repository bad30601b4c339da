import assert from "node:assert/strict";
import { sessionRedactor } from "../../src/cli/session_redactor.ts";
import type { FakeFile } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";
import { fakeCli } from "./fake_cli.ts";

const STATE = "/home/ada/.stakpak";
const files: Record<string, FakeFile> = {
  [`${STATE}/config.toml`]:
    '[profiles.default]\napi_key = "Kq7xvK2pZq01"\n[profiles.ops]\napi_key_file = "/key"\n',
  [`${STATE}/autopilot.toml`]:
    '[channels.slack]\nbot_token = "Bq7xvK2pZq02"\n[secrets]\nfiles = ["/listed"]\n',
  [`${STATE}/autopilot/token`]: "Tq7xvK2pZq03\n",
  "/key": "Fq7xvK2pZq04\n",
  "/listed": "Lq7xvK2pZq05\n",
};
const SECRETS = [
  "Kq7xvK2pZq01",
  "Bq7xvK2pZq02",
  "Tq7xvK2pZq03",
  "Fq7xvK2pZq04",
  "Lq7xvK2pZq05",
  "Eq7xvK2pZq06",
];

test("sessionRedactor() knows every secret of the environment, of both files, behind them, and the server's token", async () => {
  const redactor = await sessionRedactor(fakeCli({ files, env: { ANTHROPIC_API_KEY: "Eq7xvK2pZq06" } }));
  const text = redactor.redact(SECRETS.join(" "));
  assert.deepEqual(SECRETS.filter((secret) => text.includes(secret)), []);
});

test("sessionRedactor() keeps what a session has seen, and adds what is new", async () => {
  const known = await sessionRedactor(fakeCli({}));
  const placeholder = known.see("Sq7xvK2pZq07", "generated");
  const now = await sessionRedactor(fakeCli({ files }), known);
  assert.equal(now, known);
  assert.equal(now.redact("Sq7xvK2pZq07"), placeholder);
  assert.doesNotMatch(now.redact(SECRETS[0]!), /Kq7x/);
});

test("sessionRedactor() goes on without a token that cannot be read: no server uses it then", async () => {
  const unreadable = { [`${STATE}/autopilot/token`]: { unreadable: true } as const };
  await sessionRedactor(fakeCli({ files: unreadable }));
});
