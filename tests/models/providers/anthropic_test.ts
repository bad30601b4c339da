import assert from "node:assert/strict";
import { anthropic } from "../../../src/models/providers/anthropic.ts";
import { test } from "../../sanitized.ts";

const url = (address: string) => anthropic.place(new URL(address), "m").url;

test("anthropic is asked at /v1/messages, whether or not the address names the version", () => {
  assert.equal(url(anthropic.address!), "https://api.anthropic.com/v1/messages");
  assert.equal(url("https://api.anthropic.com/"), "https://api.anthropic.com/v1/messages");
  assert.equal(url("https://other.example/anthropic"), "https://other.example/anthropic/v1/messages");
  assert.equal(url("https://other.example/x/v2/"), "https://other.example/x/v2/messages");
  assert.equal(url("https://other.example/x/messages"), "https://other.example/x/messages");
});

test("anthropic takes a key in x-api-key and a login's token as a bearer, never both", () => {
  assert.deepEqual(anthropic.headers("k", false), { "anthropic-version": "2023-06-01", "x-api-key": "k" });
  assert.deepEqual(anthropic.headers("t", true), {
    "anthropic-version": "2023-06-01",
    "authorization": "Bearer t",
    "anthropic-beta": "oauth-2025-04-20",
  });
  assert.deepEqual(anthropic.headers(undefined, false), { "anthropic-version": "2023-06-01" });
});
