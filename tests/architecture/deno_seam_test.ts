import { deepEqual } from "node:assert/strict";
import { test } from "../sanitized.ts";
import { denoSeam } from "./deno_seam.ts";
import { treeOf } from "./tree.ts";

test("the seam and main.ts may say Deno, and nobody else", () => {
  const tree = treeOf({
    "main.ts": "Deno.args;",
    "src/host/deno_files.ts": "Deno.stat;",
    "src/host/host.ts": "// nothing\nDeno.stat;",
    "src/cli/deno_run.ts": "Deno.args;",
  });
  deepEqual(denoSeam(tree).map((line) => line.split(": ")[0]), [
    "src/host/host.ts:2",
    "src/cli/deno_run.ts:1",
  ]);
});
