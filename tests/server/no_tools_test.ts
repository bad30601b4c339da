import assert from "node:assert/strict";
import { noTools } from "../../src/server/no_tools.ts";
import { test } from "../sanitized.ts";

const signal = new AbortController().signal;

test("without a sandbox there are no tools, and a call says so", async () => {
  await using tools = noTools();
  assert.deepEqual([tools.place, await tools.list(signal), await tools.workspace(signal)], ["none", [], []]);
  assert.deepEqual([tools.isOurs("stakpak__view"), tools.onlyLooks("stakpak__view")], [false, false]);
  const { isError, text } = await tools.call({ id: "1", name: "stakpak__view", input: {} }, { signal });
  assert.ok(isError);
  assert.match(text, /there are no tools/);
  assert.deepEqual(tools.notes(), []);
  assert.deepEqual(noTools("because").notes(), ["There are no tools: because"]);
});
