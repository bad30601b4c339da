import assert from "node:assert/strict";
import { unaskedTools } from "../../src/config/unasked_tools.ts";
import { MUTATING_TOOLS } from "../../src/domain/tool_names.ts";
import { test } from "../sanitized.ts";

test("unaskedTools() without a list has only tools that look", () => {
  const tools = unaskedTools({ allowed: undefined, approve: undefined });
  assert.ok(tools.includes("view"));
  assert.ok(!tools.some((tool) => MUTATING_TOOLS.has(tool)));
});

test("unaskedTools() has what is listed and exists, however it is written", () => {
  const approve = ["stakpak__run_command", "view", "search_docs", "typo"];
  assert.deepEqual(unaskedTools({ allowed: undefined, approve }), ["run_command", "view"]);
  const both = ["view", "run_command"];
  assert.deepEqual(unaskedTools({ allowed: ["stakpak__view"], approve: both }), ["view"]);
  assert.deepEqual(unaskedTools({ allowed: [], approve: ["view"] }), []);
  assert.deepEqual(unaskedTools({ allowed: undefined, approve: ["run_*"] }), [
    "run_command",
    "run_command_task",
  ]);
});

test("unaskedTools() knows all and none", () => {
  assert.deepEqual(unaskedTools({ allowed: ["view", "create"], approve: "all" }), ["create", "view"]);
  assert.deepEqual(unaskedTools({ allowed: undefined, approve: "none" }), []);
  assert.deepEqual(unaskedTools({ allowed: undefined, approve: [] }), []);
});

test("unaskedTools() names other servers by their patterns, where the profile may use them", () => {
  assert.deepEqual(unaskedTools({ allowed: ["view", "paks__*"], approve: "all" }), ["paks__*", "view"]);
  assert.deepEqual(unaskedTools({ allowed: ["paks__*"], approve: ["paks__search"] }), ["paks__search"]);
  assert.deepEqual(unaskedTools({ allowed: undefined, approve: ["paks__search"] }), []);
  assert.deepEqual(unaskedTools({ allowed: ["paks__*"], approve: undefined }), []);
});
