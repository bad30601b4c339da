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

test("an exception saves its file, and is refused when the file is gone", () => {
  const tree = treeOf({ "src/host/a.ts": "export function a() {}" });
  deepEqual(twins(tree, { "src/host/a.ts": "its reason" }), []);
  deepEqual(twins(treeOf({}), { "src/host/a.ts": "its reason" }), [
    "src/host/a.ts: gone, but excepted in tests/architecture/twins.ts; remove it there",
  ]);
});
