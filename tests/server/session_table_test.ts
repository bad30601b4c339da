import assert from "node:assert/strict";
import { test } from "../sanitized.ts";
import { begun, pendingCall, tempStore, turn } from "./temp_store.ts";

test("sessions are created with what is given, and found by their id", async () => {
  await using temp = await tempStore();
  const { sessions } = temp.store;
  const made = sessions.create({ title: "restart", cwd: "/agent", origin: "api" });
  assert.match(made.id, /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/);
  assert.deepEqual(made, {
    id: made.id,
    title: "restart",
    cwd: "/agent",
    origin: "api",
    visibility: "PRIVATE",
    tools: undefined,
    model: undefined,
    createdAt: temp.at,
    updatedAt: temp.at,
  });
  assert.deepEqual(sessions.get(made.id), made);
  assert.equal(sessions.get(crypto.randomUUID()), undefined);
});

test("sessions are listed with the last used first, and counted beyond the page", async () => {
  await using temp = await tempStore();
  const { sessions, events, messages } = temp.store;
  const ids = ["one", "two", "three"].map((title) => sessions.create({ title, origin: "cli" }).id);
  temp.at = "2026-11-23T10:00:01.000Z";
  events.append(ids[1]!, undefined, turn(1));
  temp.at = "2026-11-23T10:00:02.000Z";
  messages.append(ids[0]!, "r", { role: "user", text: "hi" });
  temp.at = "2026-11-23T10:00:03.000Z";
  temp.store.runs.begin({ id: "r", sessionId: ids[2]!, owner: "o", request: {} as never });
  const page = sessions.list({ limit: 2, offset: 0 });
  assert.deepEqual(page.sessions.map(({ title }) => title), ["three", "one"]);
  assert.equal(page.total, 3);
  assert.deepEqual(sessions.list({ limit: 2, offset: 2 }).sessions.map(({ title }) => title), ["two"]);
});

test("sessions are searched by a part of their title, whatever its case; % is no pattern", async () => {
  await using temp = await tempStore();
  const { sessions } = temp.store;
  for (const title of ["Restart web", "disk at 90%", "backups"]) sessions.create({ title, origin: "cli" });
  const found = (search: string) =>
    sessions.list({ limit: 9, offset: 0, search }).sessions.map(({ title }) => title);
  assert.deepEqual(found("START"), ["Restart web"]);
  assert.deepEqual(found("%"), ["disk at 90%"]);
  assert.equal(sessions.list({ limit: 9, offset: 0, search: "backup" }).total, 1);
});

test("update() sets what is named and leaves the rest", async () => {
  await using temp = await tempStore();
  const { sessions } = temp.store;
  const { id } = sessions.create({ title: "a", cwd: "/agent", origin: "channel" });
  temp.at = "2026-11-23T11:00:00.000Z";
  const changed = sessions.update(id, { tools: "sandbox", model: "anthropic/claude" })!;
  assert.deepEqual(
    [changed.title, changed.cwd, changed.visibility, changed.tools, changed.model, changed.updatedAt],
    ["a", "/agent", "PRIVATE", "sandbox", "anthropic/claude", temp.at],
  );
  assert.equal(sessions.update(id, { title: "b", visibility: "PUBLIC" })!.model, "anthropic/claude");
  assert.deepEqual([sessions.get(id)!.title, sessions.get(id)!.visibility], ["b", "PUBLIC"]);
  assert.equal(sessions.update(crypto.randomUUID(), { title: "c" }), undefined);
});

test("delete() leaves nothing of a session but its audit records, not even in the file's free space", async () => {
  await using temp = await tempStore();
  const { sessions, messages, runs, inputs, calls, events, audit, keys } = temp.store;
  const run = begun(temp.store);
  const other = begun(temp.store);
  const phrase = "the-words-to-be-forgotten";
  messages.append(run.sessionId, run.runId, { role: "user", text: phrase });
  messages.append(other.sessionId, other.runId, { role: "user", text: "stays" });
  inputs.add(run.runId, "steering", phrase);
  calls.add(pendingCall(run, { input: { command: phrase } }));
  events.append(run.sessionId, run.runId, { name: "text_delta", fields: { delta: phrase } });
  audit.add({
    ...run,
    kind: "call",
    subject: "stakpak__view",
    outcome: "ask",
    actor: "policy",
    details: null,
  });
  for (const [key, id] of [["a", run.sessionId], ["b", other.sessionId]]) {
    keys.reserve(key!, "hash", "o");
    keys.complete(key!, 200, JSON.stringify({ id, title: id === run.sessionId ? phrase : "stays" }));
  }
  assert.equal(sessions.delete(run.sessionId), true);
  assert.equal(sessions.delete(run.sessionId), false);
  assert.equal(sessions.get(run.sessionId), undefined);
  assert.equal(runs.get(run.runId), undefined);
  assert.deepEqual(messages.all(run.sessionId), []);
  assert.equal(inputs.waiting(run.runId), 0);
  assert.equal(calls.get("call_0123456789ab"), undefined);
  assert.deepEqual(events.after(run.sessionId, 0, 9), []);
  assert.equal(audit.list({ limit: 9, offset: 0 }).total, 1);
  assert.equal(messages.all(other.sessionId).length, 1);
  assert.deepEqual(["a", "b"].map((key) => keys.reserve(key, "hash", "o").taken), [true, false]);
  for await (const { name } of Deno.readDir(temp.folder)) {
    const text = new TextDecoder("latin1").decode(await Deno.readFile(`${temp.folder}/${name}`));
    assert.equal(text.includes(phrase), false, name);
  }
});
