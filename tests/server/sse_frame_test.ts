import { deepEqual, equal } from "node:assert/strict";
import { endFrame, eventFrame, gapFrame, KEEP_ALIVE } from "../../src/server/sse_frame.ts";
import type { StoredEvent } from "../../src/server/records.ts";
import { test } from "../sanitized.ts";

const stored: StoredEvent = {
  id: 7,
  sessionId: "66e02733-a208-4a18-96df-777f44ed3c67",
  runId: undefined,
  timestamp: "2026-11-23T10:00:00.000Z",
  event: { name: "text_delta", fields: { delta: "a\r\nb\u2028c" } },
};

test("an event is one frame of three lines, whatever is in its text", () => {
  const lines = eventFrame(stored).split("\n");
  deepEqual(lines.slice(0, 2), ["id: 7", "event: text_delta"]);
  deepEqual(lines.slice(3), ["", ""]);
  deepEqual(JSON.parse(lines[2]!.slice("data: ".length)).event, {
    TextDelta: { run_id: null, delta: "a\r\nb\u2028c" },
  });
});

test("what is no event of the session has no id, so that nothing is resumed behind it", () => {
  for (const frame of [gapFrame(1, { oldest: 3, newest: 9 }), endFrame("shutting_down"), KEEP_ALIVE]) {
    equal(/^id:/m.test(frame), false);
    equal(frame.endsWith("\n\n"), true);
  }
  equal(KEEP_ALIVE.startsWith(":"), true);
});
