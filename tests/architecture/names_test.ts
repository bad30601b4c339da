import { deepEqual } from "node:assert/strict";
import { test } from "../sanitized.ts";
import { names } from "./names.ts";
import { treeOf } from "./tree.ts";

test("files named after what is in them pass", () => {
  const paths = ["main.ts", "src/host/deno_host.ts", "src/mcp/x509.ts", "src/cli/type_text.ts"];
  deepEqual(names(treeOf(Object.fromEntries(paths.map((path) => [path, ""])))), []);
});

test("names that say nothing, or are not snake_case, are refused as file and as folder", () => {
  const tree = treeOf({
    "src/host/utils.ts": "",
    "src/common/a.ts": "",
    "src/cli/index.ts": "",
    "src/cli/runCli.ts": "",
    "src/cli/run-cli.ts": "",
  });
  deepEqual(names(tree).map((line) => line.split(";")[0]), [
    `src/host/utils.ts: "utils" says nothing`,
    `src/common/a.ts: "common" says nothing`,
    `src/cli/index.ts: "index" says nothing`,
    `src/cli/runCli.ts: "runCli" is not snake_case`,
    `src/cli/run-cli.ts: "run-cli" is not snake_case`,
  ]);
});
