import { deepEqual } from "node:assert/strict";
import { test } from "../sanitized.ts";
import { sizes } from "./sizes.ts";
import { treeOf } from "./tree.ts";

const lines = (count: number) => "//\n".repeat(count);
const functionOf = (count: number) => `function f() {\n${lines(count - 2)}}\n`;
const leafOf = (count: number) => `export const a: Probe = {};\n${lines(count - 1)}`;

test("sizes up to the limits pass", () => {
  const tree = treeOf({
    "src/host/file.ts": lines(300),
    "src/host/function.ts": functionOf(60),
    "src/probes/leaf.ts": leafOf(80),
    "src/probes/run.ts": lines(81),
  });
  deepEqual(sizes(tree), []);
});

test("a file of 301 lines, a function of 61 and a leaf of 81 are named", () => {
  const tree = treeOf({
    "src/host/file.ts": lines(301),
    "src/host/function.ts": `//\n${functionOf(61)}`,
    "src/probes/leaf.ts": leafOf(81),
  });
  deepEqual(sizes(tree), [
    "src/host/file.ts: 301 lines, at most 300 for a file; move one thing of it into its own file",
    "src/host/function.ts:2: f has 61 lines, at most 60; give a part of it a name",
    "src/probes/leaf.ts: 81 lines, at most 80 for a leaf; move one thing of it into its own file",
  ]);
});
