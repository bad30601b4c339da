import assert from "node:assert/strict";
import { Redactor } from "../../src/secrets/redactor.ts";
import { sessionRedactors } from "../../src/server/session_redactors.ts";
import { test } from "../sanitized.ts";

test("sessionRedactors() keeps what a session has seen, and learns what is new in the configuration", async () => {
  let secret = "kX9vQ2mL7pR4tZ8wB3nC";
  const redactors = sessionRedactors({
    redactor(known = new Redactor()) {
      known.add(secret);
      return Promise.resolve(known);
    },
  });
  const first = await redactors.of("a");
  const seen = first.see("hunter2-Zq8-mango", "password");
  secret = "tT5yU8iO2pA6sD9fG4hJ";
  const again = await redactors.of("a");
  assert.equal(again.held(seen)?.value, "hunter2-Zq8-mango");
  for (const text of ["kX9vQ2mL7pR4tZ8wB3nC", secret]) assert.notEqual(again.redact(text), text);
  assert.equal((await redactors.of("b")).held(seen), undefined);
  redactors.forget("a");
  assert.equal((await redactors.of("a")).held(seen), undefined);
});

test("sessionRedactors() tries again after a failure, and holds a bounded number", async () => {
  let fails = true;
  let made = 0;
  const redactors = sessionRedactors({
    redactor(known) {
      if (fails) return Promise.reject(new Error("cannot be read"));
      made += known ? 0 : 1;
      return Promise.resolve(known ?? ({} as Redactor));
    },
  });
  await assert.rejects(redactors.of("a"), /cannot be read/);
  fails = false;
  const kept = await redactors.of("a");
  for (let session = 0; session < 199; session++) await redactors.of(`${session}`);
  assert.equal(await redactors.of("a"), kept);
  for (let session = 0; session < 200; session++) await redactors.of(`more ${session}`);
  const before = made;
  await redactors.of("a");
  assert.equal(made, before + 1);
});
