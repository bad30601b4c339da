import { deepEqual, match } from "node:assert/strict";
import { test } from "../sanitized.ts";
import { importLine } from "./import_line.ts";
import { treeOf } from "./tree.ts";

test("a file may import its own room, rooms to the left, data and packages", () => {
  const tree = treeOf({
    "src/config/load.ts": `import "./paths.ts"; import "../domain/error.ts"; import "zod";`,
    "src/mcp/tools/view.ts": `import "../tool.ts"; import "../../host/host.ts";`,
    "src/cli/version.ts": `import meta from "../../deno.json" with { type: "json" };`,
    "main.ts": `await import("./src/cli/run.ts");`,
  });
  deepEqual(importLine(tree), []);
});

test("a file that imports a room to the right is named with its line, also for types and lazy imports", () => {
  const tree = treeOf({
    "src/domain/a.ts": `import type { Host } from "../host/host.ts";`,
    "src/host/b.ts": `\n\nconst c = await import("../config/load.ts");`,
  });
  const [first, second, ...others] = importLine(tree);
  match(first!, /^src\/domain\/a\.ts:1: imports src\/host\/host\.ts, a room to the right of domain; /);
  match(second!, /^src\/host\/b\.ts:3: imports src\/config\/load\.ts, a room to the right of host; /);
  deepEqual(others, []);
});

test("code outside src, rooms that do not exist and folders in rooms are refused", () => {
  const tree = treeOf({
    "src/host/a.ts": `import "../../tests/fakes/fake_host.ts";`,
    "src/attic/b.ts": "",
    "src/host/deep/c.ts": "",
    "src/d.ts": "",
  });
  deepEqual(importLine(tree).map((line) => line.split(": ")[0]), [
    "src/host/a.ts:1",
    "src/attic/b.ts",
    "src/host/deep/c.ts",
    "src/d.ts",
  ]);
});
