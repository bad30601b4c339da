import assert from "node:assert/strict";
import { Secret } from "../../src/domain/secret.ts";
import { apiToken, ensureApiToken, isSameToken, rotateToken, tokenCheck } from "../../src/server/token.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const PATH = "/home/ada/.stakpak/autopilot/token";
const TOKEN = `aA1${"x".repeat(61)}`;
const withFile = (text: string, mode = 0o600) => fakeHost({ files: { [PATH]: { text, mode } } });

test("a token is made where there is none, of 64 letters and digits, for the owner alone, and stays", async () => {
  const host = fakeHost({});
  assert.equal(await apiToken(host, PATH, {}), undefined);
  const token = (await ensureApiToken(host, PATH, {})).reveal();
  assert.match(token, /^(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[A-Za-z0-9]{64}$/);
  assert.equal((await host.status(PATH))!.mode, 0o600);
  assert.equal((await ensureApiToken(host, PATH, {})).reveal(), token);
  assert.equal((await apiToken(host, PATH, {}))!.reveal(), token);
});

test("a rotated token is another one", async () => {
  const host = withFile(TOKEN);
  const token = (await rotateToken(host, PATH)).reveal();
  assert.notEqual(token, TOKEN);
  assert.equal((await apiToken(host, PATH, {}))!.reveal(), token);
});

test("a token that others can read is refused, and so is one that is not ours, without a word of it", async () => {
  await assert.rejects(apiToken(withFile(TOKEN, 0o640), PATH, {}), {
    name: "UserError",
    message: /its mode is 0640, must be 0600$/,
  });
  const lacking = ["short", "x".repeat(64), `A1${"X".repeat(62)}`, `${TOKEN}!`, `aA1-${"x".repeat(60)}`, ""];
  for (const text of lacking) {
    await assert.rejects(ensureApiToken(withFile(text), PATH, {}), (error: Error & { hint?: string }) => {
      assert.equal(error.name, "UserError");
      assert.match(
        error.message,
        new RegExp(`^Cannot use the token in ${PATH}: it has ${text.length} characters`),
      );
      assert.match(error.hint!, /stakpak token rotate/);
      assert.equal(text !== "" && error.message.includes(text), false);
      return true;
    });
  }
});

test("what [server] says comes before the file: token, token_env, token_file", async () => {
  const keys = "/home/ada/key";
  const host = fakeHost({
    env: { STAKPAK_TOKEN: "of-the-environment" },
    files: { [PATH]: { text: TOKEN, mode: 0o600 }, [keys]: { text: "of-the-file\n", mode: 0o600 } },
  });
  const read = async (server: Record<string, unknown>) => (await apiToken(host, PATH, server))!.reveal();
  assert.equal(await read({ token: { from: "value", secret: new Secret("written") } }), "written");
  assert.equal(
    await read({ token_env: { from: "environment", name: "STAKPAK_TOKEN" } }),
    "of-the-environment",
  );
  assert.equal(await read({ token_file: { from: "file", path: keys } }), "of-the-file");
  assert.equal(await read({}), TOKEN);
});

test("a key that leads nowhere is refused: no other token takes its place", async () => {
  const host = withFile(TOKEN);
  for (
    const server of [
      { token_env: { from: "environment", name: "STAKPAK_GONE" } },
      { token_file: { from: "file", path: "/gone" } },
    ]
  ) {
    await assert.rejects(ensureApiToken(host, PATH, server), {
      name: "UserError",
      message: /^Cannot read the token of the server: .*(STAKPAK_GONE|gone).* is not there, or empty$/,
    });
  }
});

test("isSameToken() takes the token and nothing else", async () => {
  const wanted = new Secret(TOKEN);
  assert.equal(await isSameToken(TOKEN, wanted), true);
  for (const other of ["", TOKEN.slice(1), `${TOKEN}x`, TOKEN.toLowerCase(), `b${TOKEN.slice(1)}`]) {
    assert.equal(await isSameToken(other, wanted), false, other);
  }
});

test("tokenCheck() takes a new token at once, the old one no more, and none while it cannot be read", async () => {
  const host = withFile(TOKEN);
  const isToken = tokenCheck(host, PATH, {});
  assert.equal(await isToken(TOKEN), true);
  const next = (await rotateToken(host, PATH)).reveal();
  assert.deepEqual([await isToken(TOKEN), await isToken(next)], [false, true]);
  await host.give(PATH, 0o644);
  assert.equal(await isToken(next), false);
  await host.remove(PATH);
  assert.deepEqual([await isToken(next), await isToken("")], [false, false]);
});
