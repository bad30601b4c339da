import assert from "node:assert/strict";
import { openDatabase } from "../../src/server/database.ts";
import type { AuditRecord } from "../../src/server/records.ts";
import { test } from "../sanitized.ts";
import { tempStore } from "./temp_store.ts";

const RECORD: Omit<AuditRecord, "id" | "at"> = {
  sessionId: "s1",
  runId: "r1",
  kind: "call",
  subject: "stakpak__run_command",
  outcome: "ask",
  actor: "policy",
  details: { hash: "ab", rule: "auto_approve lacks it" },
};

test("audit records come back as they were, the newest first, and counted beyond the page", async () => {
  await using temp = await tempStore();
  temp.store.audit.add(RECORD);
  temp.at = "2026-11-23T10:00:01.000Z";
  temp.store.audit.add({ ...RECORD, sessionId: undefined, runId: undefined, kind: "admin", details: null });
  const { audit } = await temp.reopen();
  const { records, total } = audit.list({ limit: 9, offset: 0 });
  assert.equal(total, 2);
  assert.deepEqual(records[1], { id: 1, at: "2026-11-23T10:00:00.000Z", ...RECORD });
  assert.deepEqual([records[0]!.sessionId, records[0]!.details], [undefined, null]);
  assert.deepEqual(audit.list({ limit: 1, offset: 1 }).records.map(({ id }) => id), [1]);
});

test("audit records are chosen by session, by kind, and by both", async () => {
  await using temp = await tempStore();
  const { audit } = temp.store;
  for (const sessionId of ["s1", "s2"]) {
    for (const kind of ["call", "result"] as const) audit.add({ ...RECORD, sessionId, kind });
  }
  const ids = (wanted: { sessionId?: string; kind?: AuditRecord["kind"] }) =>
    audit.list({ limit: 9, offset: 0, ...wanted }).records.map(({ id }) => id);
  assert.deepEqual(ids({ sessionId: "s1" }), [2, 1]);
  assert.deepEqual(ids({ kind: "result" }), [4, 2]);
  assert.deepEqual(ids({ sessionId: "s2", kind: "call" }), [3]);
  assert.equal(audit.list({ limit: 1, offset: 0, kind: "egress" }).total, 0);
});

test("an audit record is neither changed nor deleted, whoever tries", async () => {
  await using temp = await tempStore();
  temp.store.audit.add(RECORD);
  using file = openDatabase(temp.path);
  assert.throws(() => file.run("UPDATE audit SET actor = 'nobody'"), /audit records are never changed/);
  assert.throws(() => file.run("DELETE FROM audit"), /audit records are never deleted/);
});
