import { deepEqual, equal, ok } from "node:assert/strict";
import { SECRET_RULES } from "../../src/secrets/secret_rules.ts";
import { selftest } from "../../src/secrets/selftest.ts";
import { test } from "../sanitized.ts";

test("selftest() hides at least 98 % of what is planted, with at most one false mark per MB", () => {
  const report = selftest();
  deepEqual(
    report.rules.filter(({ missed }) => missed.length > 0).map(({ rule, missed }) => [rule, missed]),
    [],
  );
  ok(report.ok);
  ok(report.recall >= 0.98, `recall ${report.recall}`);
  ok(report.falsePerMegabyte <= 1, `${report.falsePerMegabyte} false marks per MB`);
  ok(report.formats >= 150 && report.providers >= 100, `${report.formats} of ${report.providers}`);
  deepEqual(report.rules.map(({ rule }) => rule), [...SECRET_RULES.map(({ id }) => id), "known"]);
  equal(report.planted, report.rules.reduce((sum, { planted }) => sum + planted, 0));
});

test("selftest() says when secrets are not hidden, or only in part, and when other text is marked", () => {
  const mark = { start: 0, end: 1, rule: "github-token", sealed: false, placeholder: "" };
  const blind = selftest(() => ({ find: () => [mark, mark, mark], redact: (text) => text }));
  deepEqual([blind.ok, blind.recall], [false, 0]);
  ok(blind.falsePerMegabyte > 1);
  equal(blind.rules.find(({ rule }) => rule === "github-token")!.false, 3);
  const lazy = selftest(() => ({ find: () => [], redact: (text) => text.replaceAll("ghp_", "") }));
  equal(lazy.rules.find(({ rule }) => rule === "github-token")!.hidden, 0);
});
