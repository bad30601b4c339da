import assert from "node:assert/strict";
import { retryAfterSeconds } from "../../src/models/retry_after.ts";
import { test } from "../sanitized.ts";

const NOW = new Date("2026-11-23T12:00:00Z");
const seconds = (headers: Record<string, string>) => retryAfterSeconds(new Headers(headers), NOW);

const CASES: readonly (readonly [Record<string, string>, number | undefined])[] = [
  [{ "retry-after": "3" }, 3],
  [{ "retry-after": "0" }, 0],
  [{ "retry-after": "2.2" }, 3],
  [{ "retry-after-ms": "1500", "retry-after": "20" }, 2],
  [{ "Retry-After": "Mon, 23 Nov 2026 12:00:05 GMT" }, 5],
  [{ "retry-after": "Mon, 23 Nov 2026 11:00:00 GMT" }, 0],
  [{}, undefined],
  [{ "retry-after": "soon" }, undefined],
  [{ "retry-after": "-1" }, undefined],
  [{ "retry-after": "99999999999999" }, undefined],
  [{ "retry-after": "2.5.2026" }, undefined],
  [{ "retry-after-ms": "x", "retry-after": "7" }, 7],
];

for (const [headers, wanted] of CASES) {
  test(`retryAfterSeconds() reads ${JSON.stringify(headers)} as ${wanted}`, () => {
    assert.equal(seconds(headers), wanted);
  });
}
