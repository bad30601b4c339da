import assert from "node:assert/strict";
import { renderSarif } from "../../src/probes/render_sarif.ts";
import { test } from "../sanitized.ts";
import { notJudged } from "./judge.ts";
import { SAMPLE_REPORT } from "./sample_report.ts";
import { judgeSarif } from "./sarif_judge.ts";

const RUN = JSON.parse(renderSarif(SAMPLE_REPORT)).runs[0];

test("the sample report as sarif passes the published schema, and a broken one does not", async () => {
  const good = await judgeSarif(renderSarif(SAMPLE_REPORT));
  if (!good) return notJudged("npm, or its registry, is out of reach: no @microsoft/jest-sarif");
  assert.ok(good.ok, good.said);
  const bad = await judgeSarif(renderSarif(SAMPLE_REPORT).replaceAll("https://", "not a uri "));
  assert.match(bad?.said ?? "", /helpUri should match format "uri"/);
});

test("sarif gives every result the one location that code scanning asks for, inside the repository", () => {
  for (const { locations } of RUN.results) {
    assert.equal(locations.length, 1);
    const { artifactLocation, region } = locations[0].physicalLocation;
    assert.match(artifactLocation.uri, /^[\w.]+$/);
    assert.equal(region.startLine, 1);
  }
});

test("sarif rules have every text that code scanning shows, the fix as their help", () => {
  for (const rule of RUN.tool.driver.rules) {
    for (const part of [rule.shortDescription, rule.fullDescription, rule.help]) {
      assert.ok(part.text.length > 0);
    }
    assert.equal(new URL(rule.helpUri).hash, `#${rule.id}`);
  }
  const linger = RUN.tool.driver.rules.at(-1);
  assert.equal(linger.help.text, "Let them linger\nRun: loginctl enable-linger ada");
});

test("sarif results point at their rules", () => {
  for (const { ruleId, ruleIndex } of RUN.results) assert.equal(RUN.tool.driver.rules[ruleIndex].id, ruleId);
});

test("an acknowledged finding is a suppressed note that says why; the others are not suppressed", () => {
  const suppressed = RUN.results.filter((result: { suppressions: unknown[] }) =>
    result.suppressions.length > 0
  );
  assert.equal(suppressed.length, 1);
  assert.equal(suppressed[0].ruleId, "memory");
  assert.equal(suppressed[0].level, "note");
  assert.equal(suppressed[0].suppressions[0].justification, "replaced in January | see OPS-12");
});

test("doctor and preflight upload under categories of their own", () => {
  const doctor = JSON.parse(renderSarif({ ...SAMPLE_REPORT, mode: "doctor" })).runs[0];
  assert.equal(RUN.automationDetails.id, "stakpak/preflight/");
  assert.equal(doctor.automationDetails.id, "stakpak/doctor/");
});
