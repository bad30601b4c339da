import assert from "node:assert/strict";
import { custom } from "../../../src/models/providers/custom.ts";
import { test } from "../../sanitized.ts";

test("custom has no address and no model of its own, and needs no key", () => {
  assert.equal(custom.address, undefined);
  assert.equal(custom.defaultModel, undefined);
  assert.deepEqual(custom.headers(undefined, false), {});
  assert.deepEqual(custom.headers("k", false), { "authorization": "Bearer k" });
});

test("custom is asked by Chat Completions below its address", () => {
  const { api, url } = custom.place(new URL("http://127.0.0.1:4000/v1"), "m");
  assert.deepEqual([api, url], ["openai-chat", "http://127.0.0.1:4000/v1/chat/completions"]);
});
