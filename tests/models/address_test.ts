import assert from "node:assert/strict";
import { UserError } from "../../src/domain/error.ts";
import { addressOf, isSafeAddress } from "../../src/models/address.ts";
import { test } from "../sanitized.ts";

const SAFE = [
  "https://api.example.com/v1",
  "http://127.0.0.1:11434/v1",
  "http://127.9.8.7/",
  "http://[::1]:8080",
  "http://localhost:4000",
  // What a URL makes of it is 127.0.0.1.
  "http://2130706433/",
];
const UNSAFE = [
  "http://api.example.com/v1",
  "http://10.0.0.1/",
  "http://0.0.0.0/",
  "http://[::]/",
  "http://127.0.0.1.evil.example/",
  "http://127.evil.example/",
  "http://localhost.evil.example/",
  "http://[::ffff:10.0.0.1]/",
  "ftp://127.0.0.1/",
];

for (const text of SAFE) {
  test(`addressOf() takes ${text}`, () => {
    assert.equal(addressOf(text, "here").href, new URL(text).href);
  });
}

for (const text of UNSAFE) {
  test(`addressOf() refuses ${text}, and so does isSafeAddress()`, () => {
    assert.throws(() => addressOf(text, "providers.x.api_endpoint"), UserError);
    assert.equal(isSafeAddress(new URL(text)), false);
  });
}

test("addressOf() says where the address is written, what is wrong and what is wanted", () => {
  assert.throws(() => addressOf("http://models.example/v1", "$OPENAI_BASE_URL"), {
    message:
      'Cannot use the provider\'s address ($OPENAI_BASE_URL): it is plain http to "models.example", only this machine may be asked that way',
    hint: "use https://, or http://127.0.0.1:PORT for a server on this machine",
    exitCode: 2,
  });
});

test("addressOf() repeats no password of an address", () => {
  for (const text of ["https://ada:hunter22222@api.example", "ada:hunter22222@api.example"]) {
    assert.throws(() => addressOf(text, "here"), (error: Error) => !error.message.includes("hunter22222"));
  }
});
