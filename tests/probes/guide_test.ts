import assert from "node:assert/strict";
import { sectionOf } from "../../src/cli/doctor_explain.ts";
import { PROBE_IDS } from "../../src/probes/probe_ids.ts";
import { test } from "../sanitized.ts";

const guide = await Deno.readTextFile(new URL("../../docs/probes.md", import.meta.url));

test("docs/probes.md explains every probe, in registry order, and nothing else", () => {
  const headings = guide.split("\n").filter((line) => line.startsWith("## ")).map((line) => line.slice(3));
  assert.deepEqual(headings, [...PROBE_IDS]);
});

test("each section of docs/probes.md says what to do and why, on at most twelve lines", () => {
  for (const id of PROBE_IDS) {
    const lines = sectionOf(guide, id)!.split("\n").slice(1).filter((line) => line !== "");
    assert.ok(lines.length <= 12, `${id} has ${lines.length} lines`);
    assert.match(lines.join("\n"), /^- (Do|Blocks, [a-z ]+): /m, `${id} says what to do`);
    assert.match(lines.join("\n"), /^- Why: /m, `${id} says why`);
  }
});

test("docs/probes.md never advises a mode that lets others read a secret", () => {
  assert.doesNotMatch(guide, /chmod\s+(?:-R\s+)?(?!600\b|700\b)[0-7a-z]/);
});
