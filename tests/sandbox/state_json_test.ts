import { deepEqual } from "node:assert/strict";
import { firstWatch, MONITOR_LIMITS, stateOf } from "../../src/sandbox/observe.ts";
import { stateJson } from "../../src/sandbox/state_json.ts";
import { test } from "../sanitized.ts";

test("a sandbox begins healthy, with the seed's fields", () => {
  const at = Date.UTC(2026, 10, 22, 12);
  deepEqual(stateJson(stateOf(firstWatch(at, at, MONITOR_LIMITS))), {
    mode: "persistent",
    healthy: true,
    consecutive_ok: 1,
    consecutive_failures: 0,
    last_ok: "2026-11-22T12:00:00.000Z",
    last_error: null,
    total_respawn_attempts: 0,
    gave_up: false,
  });
});
