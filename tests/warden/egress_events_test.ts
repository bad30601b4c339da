import { deepEqual, equal } from "node:assert/strict";
import { readEgressEvent } from "../../src/warden/egress_events.ts";
import { test } from "../sanitized.ts";

test("an event is read by its own fields alone", () => {
  const event = { kind: "closed", id: 1, bytesOut: 2, bytesIn: 3 };
  deepEqual(readEgressEvent({ ...event, session: "another" }), event);
  deepEqual(readEgressEvent({ kind: "ready" }), { kind: "ready" });
});

test("what is no event is nothing", () => {
  const wrong: unknown[] = [
    undefined,
    null,
    "ready",
    [],
    {},
    { kind: "constructor" },
    { kind: "toString" },
    { kind: "closed", id: 1, bytesOut: -1, bytesIn: 0 },
    { kind: "closed", id: 1.5, bytesOut: 0, bytesIn: 0 },
    { kind: "closed", id: "1", bytesOut: 0, bytesIn: 0 },
    { kind: "opened", id: 1, host: {}, port: 1 },
    { kind: "denied", host: "a", port: 1 },
    { kind: "denied", host: "a".repeat(501), port: 1, reason: "x" },
  ];
  for (const message of wrong) equal(readEgressEvent(message), undefined, JSON.stringify(message));
});
