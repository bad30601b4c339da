import { deepEqual } from "node:assert/strict";
import { test } from "../sanitized.ts";
import { treeOf } from "./tree.ts";
import { twins } from "./twins.ts";

test("types and values need no twin; functions, classes with methods and leaves do", () => {
  const tree = treeOf({
    "src/host/host.ts": "export interface Host {}\nexport const A = 1;",
    "src/host/path_text.ts": "export function directoryOf() {}",
    "src/secrets/redactor.ts": "export class Redactor { redact() {} }",
    "src/probes/memory.ts": "export const memory: Probe = {};",
    "src/config/load.ts": "export const load = () => 1;",
  }, { tests: ["tests/config/load_test.ts"] });
  deepEqual(twins(tree, {}).map((line) => line.split(";")[0]), [
    "src/host/path_text.ts: no tests/host/path_text_test.ts",
    "src/secrets/redactor.ts: no tests/secrets/redactor_test.ts",
    "src/probes/memory.ts: no tests/probes/memory_test.ts",
  ]);
});

test("a file that another test covers needs no twin, as long as both are there", () => {
  const tree = treeOf({ "src/host/a.ts": "export function a() {}" }, { tests: ["tests/b.txt"] });
  deepEqual(twins(tree, { "src/host/a.ts": "tests/b.txt" }), []);
  deepEqual(twins(treeOf({}, { tests: ["tests/b.txt"] }), { "src/host/a.ts": "tests/b.txt" }), [
    "src/host/a.ts: gone, but named in tests/architecture/twins.ts; remove it there",
  ]);
  deepEqual(twins(tree, { "src/host/a.ts": "tests/none.txt" }), [
    "src/host/a.ts: tests/none.txt, which should cover it, is gone; write a twin",
  ]);
});
