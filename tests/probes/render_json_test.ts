import assert from "node:assert/strict";
import fc from "fast-check";
import { renderJson } from "../../src/probes/render_json.ts";
import { runs, SEED } from "../runs.ts";
import { test } from "../sanitized.ts";
import { anyReport } from "./any_report.ts";
import { SAMPLE_REPORT } from "./sample_report.ts";

test("json is the report itself, nothing lost", () => {
  assert.deepEqual(JSON.parse(renderJson(SAMPLE_REPORT)), SAMPLE_REPORT);
});

test("json has its keys in one order, however the report was put together", () => {
  const reversed = JSON.parse(
    JSON.stringify(SAMPLE_REPORT),
    (_key, value) =>
      typeof value === "object" && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
  );
  assert.equal(renderJson(reversed), renderJson(SAMPLE_REPORT));
});

test("json parses back to any report", () => {
  fc.assert(
    fc.property(anyReport, (report) => assert.deepEqual(JSON.parse(renderJson(report)), report)),
    { numRuns: runs(2000), seed: SEED },
  );
});
