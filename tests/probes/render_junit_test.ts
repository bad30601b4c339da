import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { renderJunit } from "../../src/probes/render_junit.ts";
import { runs, SEED } from "../runs.ts";
import { test } from "../sanitized.ts";
import { anyReport } from "./any_report.ts";
import { judge, notJudged } from "./judge.ts";
import { SAMPLE_REPORT } from "./sample_report.ts";

const SCHEMA = fileURLToPath(new URL("../judges/junit_min.xsd", import.meta.url));

function judgeXml(xml: string) {
  return judge("xmllint", ["--nonet", "--noout", "--schema", SCHEMA, "-"], { stdin: xml });
}

test("the sample report as junit passes the schema of the CI servers", async () => {
  const verdict = await judgeXml(renderJunit(SAMPLE_REPORT));
  if (!verdict) return notJudged("xmllint is not installed (Debian: libxml2-utils)");
  assert.ok(verdict.ok, verdict.said);
});

test("the schema refuses what is not junit, so passing it means something", async () => {
  const verdict = await judgeXml(renderJunit(SAMPLE_REPORT).replaceAll("<failure", "<blocked"));
  if (!verdict) return notJudged("xmllint is not installed (Debian: libxml2-utils)");
  assert.ok(!verdict.ok);
});

test("junit is well-formed and valid whatever the findings say", async () => {
  if (!await judgeXml("<x/>")) return notJudged("xmllint is not installed (Debian: libxml2-utils)");
  await fc.assert(
    fc.asyncProperty(anyReport, async (report) => {
      const verdict = await judgeXml(renderJunit(report));
      assert.ok(verdict?.ok, verdict?.said);
    }),
    { numRuns: runs(1000), seed: SEED },
  );
});

test("junit takes a block for a failure and a warning for output, acknowledged or not", () => {
  const xml = renderJunit(SAMPLE_REPORT);
  assert.match(xml, /<testsuite [^>]*tests="7" failures="2" errors="0" skipped="1" time="1\.234">/);
  assert.match(xml, /name="memory" time="0\.012">\s*<system-out>warning: [^<]*acknowledged until 2027-01-31/);
  assert.equal(xml.match(/<failure /g)?.length, 2);
});
