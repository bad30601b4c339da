import { deepEqual, equal } from "node:assert/strict";
import { test } from "../sanitized.ts";
import { httpStage } from "./http_stage.ts";
import { begun, pendingCall } from "./temp_store.ts";

const HASH = "ab".repeat(32);

test("what waits for people is listed over all sessions, the oldest first, and shown in full", async () => {
  await using stage = await httpStage();
  const [one, other] = [begun(stage.temp.store), begun(stage.temp.store)];
  stage.temp.store.calls.add(pendingCall(one, { id: "call_00000000000a" }));
  stage.temp.store.calls.add(
    pendingCall(other, { id: "call_00000000000b", requestedAt: "2026-11-23T10:00:01.000Z" }),
  );
  const ids = async (query: string) => {
    const { body } = await stage.ask("GET", `/v1/approvals${query}`);
    return [body.total, ...body.approvals.map(({ id }: { id: string }) => id)];
  };
  deepEqual(await ids(""), [2, "call_00000000000a", "call_00000000000b"]);
  deepEqual(await ids("?limit=1&offset=1"), [2, "call_00000000000b"]);
  deepEqual(await ids(`?session_id=${other.sessionId}`), [1, "call_00000000000b"]);
  deepEqual((await stage.ask("GET", "/v1/approvals/call_00000000000a")).body, {
    id: "call_00000000000a",
    session_id: one.sessionId,
    run_id: one.runId,
    turn: 1,
    tool_call_id: "toolu_01",
    tool: "stakpak__run_command",
    arguments: { command: "systemctl restart web" },
    hash: HASH,
    state: "pending",
    rule: "auto_approve lacks it",
    profile: "ops",
    place: "sandbox",
    requested_at: "2026-11-23T10:00:00.000Z",
    expires_at: "2026-11-24T10:00:00.000Z",
    decided_by: null,
    decided_at: null,
    reason: null,
  });
});

test("one is decided once; those that were are listed under status=all", async () => {
  await using stage = await httpStage();
  stage.temp.store.calls.add(pendingCall(begun(stage.temp.store)));
  const path = "/v1/approvals/call_0123456789ab";
  const { status, body } = await stage.ask("POST", path, { action: "accept", hash: HASH });
  deepEqual([status, body], [200, { accepted: true, id: "call_0123456789ab" }]);
  deepEqual(stage.runs.asked, [
    { decideApproval: { id: "call_0123456789ab", decision: { action: "accept" }, by: "api" } },
  ]);
  const late = await stage.ask("POST", path, { action: "reject", content: "too late" });
  deepEqual([late.status, late.body.code], [409, "already_resolved"]);
  equal((await stage.ask("GET", "/v1/approvals")).body.total, 0);
  const { body: all } = await stage.ask("GET", "/v1/approvals?status=all");
  deepEqual([all.total, all.approvals[0].state, all.approvals[0].decided_by], [1, "approved", "api"]);
});

test("a decision for another call than the one that was shown counts for nothing", async () => {
  await using stage = await httpStage();
  stage.temp.store.calls.add(pendingCall(begun(stage.temp.store)));
  const { status, body } = await stage.ask("POST", "/v1/approvals/call_0123456789ab", {
    action: "accept",
    hash: "cd".repeat(32),
  });
  deepEqual([status, body.code, stage.runs.asked.length], [409, "approval_changed", 0]);
});

test("what is no approval is 404, what is no id of one 400", async () => {
  await using stage = await httpStage();
  const run = begun(stage.temp.store);
  stage.temp.store.calls.add(
    pendingCall(run, { id: "call_00000000000c", state: "started", verdict: "approve" }),
  );
  for (const id of ["call_ffffffffffff", "call_00000000000c"]) {
    for (const [method, body] of [["GET", undefined], ["POST", { action: "accept" }]] as const) {
      const answer = await stage.ask(method, `/v1/approvals/${id}`, body);
      deepEqual([answer.status, answer.body.code], [404, "unknown_approval"]);
    }
  }
  equal((await stage.ask("GET", "/v1/approvals/toolu_01")).status, 400);
  equal((await stage.ask("GET", `/v1/approvals?status=all&session_id=${run.sessionId}`)).status, 400);
});
