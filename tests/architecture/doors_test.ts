import { deepEqual, match } from "node:assert/strict";
import { test } from "../sanitized.ts";
import { doors } from "./doors.ts";
import { treeOf } from "./tree.ts";

const DOORS = {
  libraries: { "@a/b": ["src/config/"], croner: ["src/config/cron.ts"] },
  systemModules: { "node:http": ["src/host/plain_http.ts"] },
};

test("a package is imported behind its door, whatever part of it", () => {
  const tree = treeOf({
    "src/config/load.ts": `import "@a/b/part"; import "npm:@a/b@1.2.3"; import "./cron.ts";`,
    "src/config/cron.ts": `import { Cron } from "croner";`,
    "src/host/plain_http.ts": `import http from "node:http";`,
  });
  deepEqual(doors(tree, DOORS), []);
});

test("a package or a system module beside its door, or without one, is named with its line", () => {
  const tree = treeOf({
    "src/config/load.ts": `import { Cron } from "croner";`,
    "src/cli/run.ts": `import type { B } from "@a/b";\nimport "left-pad";`,
    "src/host/deno_files.ts": `import "node:http";\nawait import("node:fs");`,
  });
  const found = doors(tree, DOORS);
  deepEqual(found.map((line) => line.split(": ")[0]), [
    "src/config/load.ts:1",
    "src/cli/run.ts:1",
    "src/cli/run.ts:2",
    "src/host/deno_files.ts:1",
    "src/host/deno_files.ts:2",
  ]);
  match(found[0]!, /imports croner, whose door is src\/config\/cron\.ts; /);
  match(found[2]!, /imports left-pad, which has no door; add it to /);
});
