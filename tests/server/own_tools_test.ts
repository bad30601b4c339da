import assert from "node:assert/strict";
import { onlyLooks, ownTools } from "../../src/server/own_tools.ts";
import { serveTools } from "../mcp/served_tools.ts";
import { mcpToolbox } from "../../src/mcp/client.ts";
import { TOOLS } from "../../src/mcp/registry.ts";
import { test } from "../sanitized.ts";

test("ownTools() are those that a box lists, name by name, with the same schemas", async () => {
  await using served = await serveTools(TOOLS);
  using client = served.wire.client();
  await using toolbox = mcpToolbox({ fetch: client.fetch, version: "0" });
  assert.deepEqual(ownTools(), await toolbox.list(new AbortController().signal));
});

test("onlyLooks() knows tools of ours by their full name", () => {
  assert.deepEqual(
    ["stakpak__view", "stakpak__get_all_tasks", "stakpak__run_command", "view", "paks__view", "stakpak__none"]
      .map(onlyLooks),
    [true, true, false, false, false, false],
  );
});
