import { deepEqual } from "node:assert/strict";
import { test } from "../sanitized.ts";
import { httpStage } from "./http_stage.ts";

test("the audit log is told in pages, the newest first, by session and kind", async () => {
  await using stage = await httpStage();
  const sessionId = crypto.randomUUID();
  const { audit } = stage.temp.store;
  audit.add({
    ...{ sessionId: undefined, runId: undefined, kind: "admin", subject: "token rotate" },
    ...{ outcome: "ok", actor: "cli:ada", details: {} },
  });
  audit.add({
    ...{ sessionId, runId: sessionId, kind: "call", subject: "stakpak__view" },
    ...{ outcome: "approve", actor: "policy", details: { rule: "x" } },
  });
  const { body } = await stage.ask("GET", "/v1/audit");
  deepEqual(body, {
    total: 2,
    records: [
      {
        id: 2,
        at: "2026-11-23T10:00:00.000Z",
        session_id: sessionId,
        run_id: sessionId,
        kind: "call",
        subject: "stakpak__view",
        outcome: "approve",
        actor: "policy",
        details: { rule: "x" },
      },
      {
        id: 1,
        at: "2026-11-23T10:00:00.000Z",
        session_id: null,
        run_id: null,
        kind: "admin",
        subject: "token rotate",
        outcome: "ok",
        actor: "cli:ada",
        details: {},
      },
    ],
  });
  const found = async (query: string) => (await stage.ask("GET", `/v1/audit?${query}`)).body.total;
  deepEqual([await found("kind=call"), await found(`session_id=${sessionId}`), await found("kind=egress")], [
    1,
    1,
    0,
  ]);
  const wrong = await stage.ask("GET", "/v1/audit?kind=calls");
  deepEqual([wrong.status, wrong.body.code], [400, "invalid_request"]);
});
