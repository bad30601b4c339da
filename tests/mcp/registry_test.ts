import assert from "node:assert/strict";
import { MUTATING_TOOLS, TOOL_NAMES } from "../../src/domain/tool_names.ts";
import { TOOLS } from "../../src/mcp/registry.ts";
import { test } from "../sanitized.ts";
import { workspace } from "./workspace.ts";

test("the registry has every tool that a profile may name as available, and no other", () => {
  const available = TOOL_NAMES.filter((tool) => tool.available).map(({ name }) => name);
  assert.deepEqual(TOOLS.map(({ name }) => name), available);
});

test("every tool says all its hints, in agreement with what profiles are warned of", () => {
  for (const { name, annotations } of TOOLS) {
    assert.deepEqual(Object.values(annotations).map((hint) => typeof hint), Array(4).fill("boolean"), name);
    if (MUTATING_TOOLS.has(name)) assert.equal(annotations.readOnlyHint, false, name);
    const otherwise = TOOL_NAMES.find((tool) => tool.name === name)?.otherwise;
    if (otherwise === "approve") assert.equal(annotations.readOnlyHint, true, name);
  }
});

test("every tool refuses fields that it does not know, and explains those it does", async () => {
  await using work = await workspace();
  for (const tool of TOOLS) {
    assert.equal(tool.inputSchema["additionalProperties"], false, tool.name);
    const properties = Object.entries(
      tool.inputSchema["properties"] as Record<string, { description?: string }>,
    );
    for (const [field, { description }] of properties) assert.ok(description, `${tool.name}.${field}`);
    const { code, text } = await work.call(tool, { password: "x" });
    assert.equal(code, "INVALID_ARGUMENTS");
    assert.match(text, /unknown field "password"/);
  }
});
