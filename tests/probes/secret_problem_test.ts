import assert from "node:assert/strict";
import { Secret } from "../../src/domain/secret.ts";
import { secretProblem } from "../../src/probes/secret_problem.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const HOST = fakeHost({
  env: { STAKPAK_SET: "x" },
  files: {
    "/home/ada/k": "x",
    "/home/ada/open": { text: "x", mode: 0o644 },
    "/home/ada/shut": { unreadable: true },
  },
});

test("secretProblem() has nothing against a credential that is there", async () => {
  assert.equal(await secretProblem({ from: "value", secret: new Secret("x") }, HOST), undefined);
  assert.equal(await secretProblem({ from: "environment", name: "STAKPAK_SET" }, HOST), undefined);
  assert.equal(await secretProblem({ from: "file", path: "~/k" }, HOST), undefined);
});

test("secretProblem() says what is unset, missing, open to others or unreadable", async () => {
  const file = (path: string) => secretProblem({ from: "file", path }, HOST);
  assert.equal(
    await secretProblem({ from: "environment", name: "STAKPAK_UNSET" }, HOST),
    "$STAKPAK_UNSET is not set",
  );
  assert.equal(await file("~/gone"), '"~/gone" is empty or not there');
  assert.match(await file("~/open") ?? "", /its mode is 0644, must be 0600/);
  assert.equal(await file("~/shut"), '"~/shut" cannot be read: permission denied');
});

test("secretProblem() does not hide our own bugs", async () => {
  const host = { ...HOST, status: () => Promise.reject(new TypeError("bug")) };
  await assert.rejects(secretProblem({ from: "file", path: "/x" }, host), TypeError);
});
