import assert from "node:assert/strict";
import fc from "fast-check";
import { renderMarkdown } from "../../src/probes/render_markdown.ts";
import { runs, SEED } from "../runs.ts";
import { test } from "../sanitized.ts";
import { anyReport } from "./any_report.ts";
import { SAMPLE_REPORT } from "./sample_report.ts";

/** Lines before the first row: heading, totals, table head. */
const HEAD_LINES = 6;

/** The tags we write ourselves; any other would be the findings'. */
const OUR_TAGS = /<br>|<\/?(?:details|summary|code)>/g;

test("markdown has a row of four cells per check and no tag or backtick of others", () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      const rows = renderMarkdown(report).trimEnd().split("\n").slice(HEAD_LINES);
      assert.equal(rows.length, report.checks.length);
      for (const row of rows) {
        assert.equal(row.split("|").length, 6);
        const [, , id, ...rest] = row.split("|");
        assert.match(id ?? "", /^ `probe_\d` $/);
        assert.doesNotMatch(rest.join("").replace(OUR_TAGS, ""), /[<>`*~\[\]\\$]/);
      }
    }),
    { numRuns: runs(2000), seed: SEED },
  );
});

test("markdown folds details away and shows commands as code", () => {
  const text = renderMarkdown(SAMPLE_REPORT);
  assert.match(
    text,
    /<details><summary>details<\/summary>permission denied .*&#124; &#96;docker ps&#96;.*<\/details>/,
  );
  assert.match(text, /<code>sudo usermod -aG docker &#34;&#36;USER&#34;<\/code>/);
  assert.match(text, /acknowledged until 2027-01-31: replaced in January &#124; see OPS-12/);
});
