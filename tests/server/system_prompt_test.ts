import assert from "node:assert/strict";
import { BASE_PROMPT } from "../../src/server/base_prompt.ts";
import { systemPrompt } from "../../src/server/system_prompt.ts";
import { test } from "../sanitized.ts";

test("systemPrompt() is the base and a list of the run's tools, a line each", () => {
  const tools = [
    { name: "stakpak__view", description: "Shows a file.\n\n  With lines." },
    { name: "paks__search", description: "" },
  ];
  assert.equal(
    systemPrompt(" Report only. \n", tools),
    "Report only.\n\n## Available Tools\n\n- stakpak__view: Shows a file. With lines.\n- paks__search",
  );
});

test("systemPrompt() says so where there are no tools", () => {
  assert.match(systemPrompt("Base", []), /## Available Tools\n\nNone: nothing can be run/);
  assert.match(systemPrompt("", []), /^## Available Tools/);
});

test("systemPrompt() cuts nothing", () => {
  const tools = Array.from(
    { length: 300 },
    (_, index) => ({ name: `a__${index}`, description: "d".repeat(200) }),
  );
  const prompt = systemPrompt("b".repeat(32_768), tools);
  assert.ok(prompt.startsWith("b".repeat(32_768)));
  assert.ok(prompt.endsWith(`- a__299: ${"d".repeat(200)}`));
});

test("the base prompt speaks of what a run has to know", () => {
  for (const word of ["sandbox", "[REDACTED_SECRET:", "unknown", "truthfully", "rejected"]) {
    assert.ok(BASE_PROMPT.includes(word), word);
  }
  assert.ok(BASE_PROMPT.length < 2_500);
});
