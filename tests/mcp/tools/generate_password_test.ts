import assert from "node:assert/strict";
import { generatePassword } from "../../../src/mcp/tools/generate_password.ts";
import { test } from "../../sanitized.ts";
import { workspace } from "../workspace.ts";

test("generate_password gives 15 characters, or as many as are asked for", async () => {
  await using work = await workspace();
  assert.equal((await work.call(generatePassword, {})).text.length, 15);
  assert.match(
    (await work.call(generatePassword, { length: 40, no_symbols: true })).text,
    /^[a-zA-Z0-9]{40}$/,
  );
  for (const length of [3, 257, 4.5]) {
    assert.equal((await work.call(generatePassword, { length })).code, "INVALID_ARGUMENTS");
  }
});
