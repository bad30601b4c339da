import assert from "node:assert/strict";
import { ENVIRONMENT_NAMES, mayReadEnvironment } from "../../src/domain/environment.ts";
import { test } from "../sanitized.ts";

test("mayReadEnvironment() takes the list and STAKPAK_*, and nothing else", () => {
  for (const { name } of ENVIRONMENT_NAMES) assert.equal(mayReadEnvironment(name), true, name);
  assert.equal(mayReadEnvironment("STAKPAK_ANYTHING"), true);
  for (
    const name of [
      "AWS_SECRET_ACCESS_KEY",
      "stakpak_x",
      "HOME2",
      "",
      "MY_STAKPAK_X",
      "LD_PRELOAD",
      "STAKPAK_A=B",
      "STAKPAK_\0",
    ]
  ) {
    assert.equal(mayReadEnvironment(name), false, name);
  }
});

test("every name of the list is there once, with a reason; every key and token is marked secret", () => {
  const names = ENVIRONMENT_NAMES.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  for (const { name, why, secret } of ENVIRONMENT_NAMES) {
    assert.ok(why.length > 0, name);
    assert.equal(secret === true, /_(KEY|TOKEN)$/.test(name), name);
  }
});

test("no secret is handed on to the programs we start", () => {
  assert.deepEqual(ENVIRONMENT_NAMES.filter(({ secret, forChildren }) => secret && forChildren), []);
});
