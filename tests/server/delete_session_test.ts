import assert from "node:assert/strict";
import { deleteSession } from "../../src/server/delete_session.ts";
import { test } from "../sanitized.ts";
import { begun, tempStore } from "./temp_store.ts";

test("deleteSession() leaves nothing but the record of who asked", async () => {
  await using temp = await tempStore();
  const { store } = temp;
  const { sessionId, runId } = begun(store);
  assert.equal(deleteSession(store, sessionId, "cli:ada"), true);
  assert.deepEqual([store.sessions.get(sessionId), store.runs.get(runId)], [undefined, undefined]);
  const { records, total } = store.audit.list({ limit: 10, offset: 0, kind: "admin" });
  assert.deepEqual([total, records[0]!.subject, records[0]!.actor], [1, "session delete", "cli:ada"]);
});

test("deleteSession() of a session that is not there changes nothing", async () => {
  await using temp = await tempStore();
  assert.equal(deleteSession(temp.store, "none", "cli:ada"), false);
  assert.equal(temp.store.audit.list({ limit: 10, offset: 0 }).total, 0);
});
