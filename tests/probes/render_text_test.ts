import assert from "node:assert/strict";
import { renderText } from "../../src/probes/render_text.ts";
import { test } from "../sanitized.ts";
import { SAMPLE_REPORT } from "./sample_report.ts";

const ESC = "\x1b";

function rendered(color: boolean, columns: number): string {
  return renderText(SAMPLE_REPORT, { color, columns });
}

test("text groups checks under headings, worst first, acknowledged after other warnings", () => {
  const of = (id: string, rest: object) => ({ ...SAMPLE_REPORT.checks[0]!, id, ...rest });
  const checks = [
    of("a", { status: "skip" }),
    of("b", { status: "pass" }),
    of("c", { status: "warn", acknowledged: { reason: "known", until: "2027-01-31" } }),
    of("d", { status: "warn" }),
    of("e", { status: "block", category: "docker" }),
    of("f", { status: "block" }),
  ];
  const text = renderText({ ...SAMPLE_REPORT, checks }, { color: false, columns: 80 });
  const outline = text.split("\n").map((line) => /^(?: {2}\S (\w)|([A-Z]\w+)$)/.exec(line)).filter(Boolean)
    .map((match) => match?.[1] ?? match?.[2]);
  assert.deepEqual(outline, ["Configuration", "f", "d", "c", "b", "a", "Docker", "e"]);
});

test("text is plain without colour, and the same words with it", () => {
  assert.ok(!rendered(false, 80).includes(ESC));
  const colored = rendered(true, 80);
  assert.ok(colored.includes(`${ESC}[31m✗${ESC}[0m`));
  assert.equal(colored.replace(new RegExp(`${ESC}\\[\\d+m`, "g"), ""), rendered(false, 80));
});

test("text at 40 columns wastes none of them on padding", () => {
  const narrow = rendered(false, 40);
  assert.match(narrow, /^ {2}✓ docker_installed: Docker is installed \(29\.1\)$/m);
  assert.doesNotMatch(narrow, /\S {2,}\S/);
});

test("text ends with totals and time", () => {
  assert.match(rendered(false, 80), /\n\n2 blocking, .* in 1\.2 s\n$/);
});

test("text gives a fix line to every complaint, and a run line where there is a command", () => {
  const lines = rendered(false, 80).split("\n");
  assert.equal(lines.filter((line) => line.startsWith("    fix: ")).length, 4);
  assert.equal(lines.filter((line) => line.startsWith("    run: ")).length, 3);
});
