import assert from "node:assert/strict";
import fc from "fast-check";
import { FORMATS } from "../../src/probes/formats.ts";
import type { Report } from "../../src/probes/report.ts";
import { runs, SEED } from "../runs.ts";
import { test } from "../sanitized.ts";
import { anyReport } from "./any_report.ts";
import { READ_BACK } from "./read_back.ts";
import { SAMPLE_REPORT } from "./sample_report.ts";

const PIPED = { color: false, columns: 80 };

/** `short` leaves out what is well. */
function expected(report: Report, format: string): Record<string, string> {
  const told = report.checks.filter(({ status }) =>
    format !== "short" || status === "block" || status === "warn"
  );
  return Object.fromEntries(told.map(({ id, status }) => [id, status]));
}

for (const format of FORMATS) {
  test(`the ${format.name} format renders the sample report as its golden file`, async () => {
    const golden = new URL(`golden/report.${format.name}.golden`, import.meta.url);
    const text = format.render(SAMPLE_REPORT, PIPED);
    if (Deno.args.includes("--update")) await Deno.writeTextFile(golden, text);
    assert.equal(text, await Deno.readTextFile(golden));
  });

  test(`the ${format.name} format carries every id with its state`, () => {
    assert.deepEqual(
      READ_BACK[format.name](format.render(SAMPLE_REPORT, PIPED)),
      expected(SAMPLE_REPORT, format.name),
    );
  });

  test(`the ${format.name} format keeps ids and states, and shows nothing unseen, whatever the findings say`, () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const text = format.render(report, PIPED);
        assert.deepEqual(READ_BACK[format.name](text), expected(report, format.name));
        assert.doesNotMatch(text.replaceAll("\n", ""), /[\p{C}\p{Zl}\p{Zp}]/u);
        assert.ok(text === "" || text.endsWith("\n"));
        if (format.name !== "github") assert.doesNotMatch(text, /^\s*::/m);
      }),
      { numRuns: runs(2000), seed: SEED },
    );
  });
}

test("an empty report renders in every format", () => {
  const empty: Report = {
    ...SAMPLE_REPORT,
    ok: true,
    summary: { block: 0, warn: 0, pass: 0, skip: 0, acknowledged: 0 },
    checks: [],
  };
  for (const { name, render } of FORMATS) assert.deepEqual(READ_BACK[name](render(empty, PIPED)), {});
});
