import assert from "node:assert/strict";
import { unaskedTools } from "../../src/config/unasked_tools.ts";
import { MUTATING_TOOLS } from "../../src/domain/tool_names.ts";
import { test } from "../sanitized.ts";

test("unaskedTools() without a list has only tools that look", () => {
  const tools = unaskedTools(undefined, undefined);
  assert.ok(tools.includes("view"));
  assert.ok(!tools.some((tool) => MUTATING_TOOLS.has(tool)));
});

test("unaskedTools() has what is listed and exists, however it is written", () => {
  assert.deepEqual(unaskedTools(undefined, ["stakpak__run_command", "view", "search_docs", "typo"]), [
    "run_command",
    "view",
  ]);
  assert.deepEqual(unaskedTools(["stakpak__view"], ["view", "run_command"]), ["view"]);
  assert.deepEqual(unaskedTools([], ["view"]), []);
});

test("unaskedTools() knows all and none", () => {
  assert.deepEqual(unaskedTools(["view", "create"], "all"), ["create", "view"]);
  assert.deepEqual(unaskedTools(undefined, "none"), []);
  assert.deepEqual(unaskedTools(undefined, []), []);
});
