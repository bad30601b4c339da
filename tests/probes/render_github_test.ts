import assert from "node:assert/strict";
import fc from "fast-check";
import { renderGithub } from "../../src/probes/render_github.ts";
import { explanation } from "../../src/probes/report_lines.ts";
import { plainText } from "../../src/domain/plain_text.ts";
import { runs, SEED } from "../runs.ts";
import { test } from "../sanitized.ts";
import { anyReport } from "./any_report.ts";
import { githubCommands } from "./read_back.ts";
import { SAMPLE_REPORT } from "./sample_report.ts";

test("github escapes colon and comma in titles, percent and newline everywhere", () => {
  const check = {
    ...SAMPLE_REPORT.checks[1]!,
    id: "a,b%",
    summary: "50% of: a, b",
    fix: { summary: "free it" },
  };
  assert.equal(
    renderGithub({ ...SAMPLE_REPORT, checks: [check] }),
    "::error title=stakpak%3A a%2Cb%25::50%25 of: a, b%0Afix: free it\n",
  );
});

test("github annotates complaints and whispers the rest", () => {
  const commands = githubCommands(renderGithub(SAMPLE_REPORT)).map(({ command }) => command);
  assert.deepEqual(commands, ["debug", "error", "debug", "error", "debug", "notice", "warning"]);
});

test("github is one command per check that the runner reads back word for word, whatever the findings say", () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      const commands = githubCommands(renderGithub(report));
      assert.equal(commands.length, report.checks.length);
      report.checks.forEach((check, index) => {
        const wanted = [plainText(check.summary), ...explanation(check)].join("\n");
        const { command, message } = commands[index]!;
        assert.ok(command === "debug" ? message.endsWith(plainText(check.summary)) : message === wanted);
      });
    }),
    { numRuns: runs(2000), seed: SEED },
  );
});
