import assert from "node:assert/strict";
import { knownTool, MUTATING_TOOLS, TOOL_NAMES } from "../../src/domain/tool_names.ts";
import { test } from "../sanitized.ts";

test("knownTool() finds a tool however it is written", () => {
  assert.equal(knownTool("stakpak__run_command")?.name, "run_command");
  assert.equal(knownTool("search_docs")?.available, false);
  assert.equal(knownTool("run_comand"), undefined);
  assert.equal(knownTool("other__run_command"), undefined);
});

test("every tool is there once, and none that changes things is approved by default", () => {
  const names = TOOL_NAMES.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  for (const name of MUTATING_TOOLS) assert.equal(knownTool(name)?.otherwise, "ask", name);
});

test("the tools approved by default are the safe list of the spec and others that only look", () => {
  const safe = [
    "view",
    "generate_password",
    "search_docs",
    "search_memory",
    "load_skill",
    "local_code_search",
    "get_all_tasks",
    "get_task_details",
    "wait_for_tasks",
  ];
  for (const name of safe) assert.equal(knownTool(name)?.otherwise, "approve", name);
});
