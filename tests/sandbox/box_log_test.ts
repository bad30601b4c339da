import { deepEqual, equal } from "node:assert/strict";
import { boxLog } from "../../src/sandbox/box_log.ts";
import { test } from "../sanitized.ts";

test("boxLog() keeps the last 200 lines, cut at 2,000 characters", () => {
  const log = boxLog((text) => text);
  deepEqual(log.last(), []);
  for (let i = 1; i <= 300; i++) log.add(`line ${i}`);
  log.add("x".repeat(5_000));
  equal(log.last().length, 200);
  equal(log.last()[0], "line 102");
  equal(log.last().at(-1)!.length, 2_001);
  deepEqual(log.last(2).slice(0, 1), ["line 300"]);
});

test("boxLog() redacts what goes over several lines, and shows no control character", () => {
  const log = boxLog((text) => text.replace("BEGIN\nkey\nEND", "[REDACTED]"));
  for (const line of ["before", "BEGIN", "key", "END", "bell\x07"]) log.add(line);
  deepEqual(log.last(), ["before", "[REDACTED]", "bell\\u{7}"]);
});
