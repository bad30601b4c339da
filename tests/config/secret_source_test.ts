import assert from "node:assert/strict";
import * as z from "zod";
import {
  describeSource,
  readSecret,
  secretKeyNames,
  secretKeys,
  type SecretSource,
  sourceOf,
} from "../../src/config/secret_source.ts";
import { UserError } from "../../src/domain/error.ts";
import { PathError } from "../../src/host/inspection.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const schema = z.strictObject(secretKeys("token"));
const source = (table: Record<string, unknown>) => sourceOf(schema.parse(table), "token");
const refused = (table: Record<string, unknown>) =>
  schema.safeParse(table).error?.issues.map(({ message }) => message).join();

test("secretKeys() takes a value, a reference to a variable, or the name of a file", () => {
  const written = source({ token: " plain " });
  assert.equal(written?.from === "value" && written.secret.reveal(), "plain");
  assert.deepEqual(source({ token: "${STAKPAK_T}" }), { from: "environment", name: "STAKPAK_T" });
  assert.deepEqual(source({ token_env: "SLACK_BOT_TOKEN" }), {
    from: "environment",
    name: "SLACK_BOT_TOKEN",
  });
  assert.deepEqual(source({ token_file: "~/t" }), { from: "file", path: "~/t" });
  assert.equal(source({}), undefined);
});

test("secretKeys() refuses variables that this program may not read, and says how to call them", () => {
  assert.match(refused({ token_env: "AWS_SECRET_ACCESS_KEY" })!, /call it STAKPAK_…, or use the \*_file key/);
  assert.match(refused({ token: "${MY_TOKEN}" })!, /call it \$\{STAKPAK_…\}/);
  assert.match(refused({ token: "${}" })!, /must refer to a variable/);
  assert.ok(refused({ token_env: "STAKPAK_A=B" }));
});

test("secretKeys() refuses a reference inside a longer text: it would be sent as it stands", () => {
  assert.match(refused({ token: "Bearer ${STAKPAK_T}" })!, /must be \$\{STAKPAK_…\} alone/);
});

test("secretKeys() refuses blanks", () => {
  for (const table of [{ token: "  " }, { token_file: " " }, { token_file: "a\nb" }]) {
    assert.ok(refused(table));
  }
});

test("secretKeyNames() and sourceOf() agree on the order: value, environment, file", () => {
  assert.deepEqual(secretKeyNames("token"), ["token", "token_env", "token_file"]);
  const file: SecretSource = { from: "file", path: "f" };
  const variable: SecretSource = { from: "environment", name: "STAKPAK_T" };
  assert.equal(sourceOf({ token_file: file, token_env: variable }, "token"), variable);
});

test("describeSource() names a source without its value", () => {
  assert.equal(describeSource(source({ token: "plain" })!), "written in the file");
  assert.equal(describeSource({ from: "environment", name: "STAKPAK_T" }), "$STAKPAK_T");
  assert.equal(describeSource({ from: "file", path: "~/t" }), '"~/t"');
  assert.ok(
    !describeSource({ from: "file", path: "ghp_aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE3fG5" }).includes("ghp_"),
  );
});

test("readSecret() fetches from each place, trimmed", async () => {
  const host = fakeHost({ env: { STAKPAK_T: " e\n" }, files: { "/home/ada/t": "f\n" } });
  const read = async (table: Record<string, unknown>) => (await readSecret(source(table)!, host))?.reveal();
  assert.equal(await read({ token: "v" }), "v");
  assert.equal(await read({ token: "${STAKPAK_T}" }), "e");
  assert.equal(await read({ token_file: "~/t" }), "f");
});

test("readSecret() is undefined for what is unset, missing or blank", async () => {
  const host = fakeHost({ env: { STAKPAK_B: " " }, files: { "/home/ada/blank": "\n" } });
  for (
    const table of [{ token_env: "STAKPAK_A" }, { token_env: "STAKPAK_B" }, { token_file: "~/a" }, {
      token_file: "~/blank",
    }]
  ) {
    assert.equal(await readSecret(source(table)!, host), undefined);
  }
});

test("readSecret() refuses a file that others can read, with the command that helps", async () => {
  const host = fakeHost({ files: { "/home/ada/my key": { text: "k", mode: 0o640 } } });
  await assert.rejects(
    readSecret({ from: "file", path: "~/my key" }, host),
    (error) =>
      error instanceof UserError && error.hint === "chmod 600 '/home/ada/my key'" &&
      error.message === 'Cannot use the key in "/home/ada/my key": its mode is 0640, must be 0600',
  );
});

test("readSecret() rejects a file that cannot be read, and takes one where files have no modes", async () => {
  const host = fakeHost({ files: { "/home/ada/t": { unreadable: true } } });
  await assert.rejects(readSecret({ from: "file", path: "/home/ada/t" }, host), PathError);
  const windows = {
    ...fakeHost({ files: { "/k": "k" } }),
    status: () => Promise.resolve({ kind: "file" as const, size: 1 }),
  };
  assert.equal((await readSecret({ from: "file", path: "/k" }, windows))?.reveal(), "k");
});
