import assert from "node:assert/strict";
import { eventEnvelope, variantOf } from "../../src/server/event_envelope.ts";
import { test } from "../sanitized.ts";

test("eventEnvelope() has the fields of the wire, and the event under its variant's name", () => {
  const envelope = eventEnvelope({
    id: 7,
    sessionId: "s",
    runId: "r",
    timestamp: "2026-11-23T00:00:00.000Z",
    event: { name: "text_delta", fields: { delta: "hi" } },
  });
  assert.deepEqual(envelope, {
    id: 7,
    session_id: "s",
    run_id: "r",
    timestamp: "2026-11-23T00:00:00.000Z",
    event: { TextDelta: { run_id: "r", delta: "hi" } },
  });
});

test("eventEnvelope() says null where an event belongs to no run", () => {
  const event = { name: "turn_started", fields: { turn: 1 } } as const;
  const envelope = eventEnvelope({ id: 1, sessionId: "s", runId: undefined, timestamp: "t", event });
  assert.deepEqual([envelope.run_id, envelope.event], [null, { TurnStarted: { run_id: null, turn: 1 } }]);
});

test("variantOf() names every part with a capital", () => {
  assert.equal(variantOf("waiting_for_tool_approval"), "WaitingForToolApproval");
});
