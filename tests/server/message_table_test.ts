import assert from "node:assert/strict";
import type { Message } from "../../src/domain/message.ts";
import { openDatabase } from "../../src/server/database.ts";
import { test } from "../sanitized.ts";
import { begun, tempStore } from "./temp_store.ts";

const CONVERSATION: readonly Message[] = [
  { role: "user", text: "what is wrong? \u0000 \u{1f642}" },
  {
    role: "assistant",
    parts: [
      { type: "reasoning", text: "look first", providerMetadata: { anthropic: { signature: "c2ln" } } },
      { type: "tool_call", call: { id: "toolu_1", name: "stakpak__view", input: { path: "/var/log" } } },
    ],
  },
  { role: "tool", results: [{ callId: "toolu_1", text: "nothing", isError: false }] },
];

test("messages come back as they were, in their order, each session for itself", async () => {
  await using temp = await tempStore();
  const [one, two] = [begun(temp.store), begun(temp.store)];
  for (const message of CONVERSATION) {
    temp.store.messages.append(one.sessionId, one.runId, message);
    temp.store.messages.append(two.sessionId, two.runId, { role: "user", text: "else" });
  }
  const { messages } = await temp.reopen();
  assert.deepEqual(messages.all(one.sessionId), CONVERSATION);
  assert.deepEqual(messages.all(crypto.randomUUID()), []);
});

test("messages are paged from either end, and counted beyond the page", async () => {
  await using temp = await tempStore();
  const { sessionId, runId } = begun(temp.store);
  const { messages } = temp.store;
  for (const text of ["a", "b", "c", "d"]) messages.append(sessionId, runId, { role: "user", text });
  const texts = (page: Parameters<typeof messages.list>[1]) =>
    messages.list(sessionId, page).messages.map((message) => message.role === "user" && message.text);
  assert.deepEqual(texts({ limit: 3, offset: 0 }), ["a", "b", "c"]);
  assert.deepEqual(texts({ limit: 3, offset: 3 }), ["d"]);
  assert.deepEqual(texts({ limit: 2, offset: 1, newestFirst: true }), ["c", "b"]);
  assert.equal(messages.list(sessionId, { limit: 1, offset: 0 }).total, 4);
});

test("a message is never changed, whoever tries", async () => {
  await using temp = await tempStore();
  const { sessionId, runId } = begun(temp.store);
  temp.store.messages.append(sessionId, runId, CONVERSATION[0]!);
  using file = openDatabase(temp.path);
  assert.throws(() => file.run("UPDATE messages SET message = '{}'"), /messages are never changed/);
  assert.deepEqual(temp.store.messages.all(sessionId), [CONVERSATION[0]]);
});

test("a message of a session that is not there is refused", async () => {
  await using temp = await tempStore();
  const append = () => temp.store.messages.append(crypto.randomUUID(), "r", CONVERSATION[0]!);
  assert.throws(append, /FOREIGN KEY/);
});
