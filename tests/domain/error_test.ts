import assert from "node:assert/strict";
import { EXIT, UserError } from "../../src/domain/error.ts";
import { test } from "../sanitized.ts";

test("a UserError carries its hint, exit code and cause", () => {
  const cause = new Error("below");
  const error = new UserError("Cannot do it", { hint: "do this", exitCode: EXIT.usage, cause });
  assert.deepEqual([error.name, error.message, error.hint, error.exitCode, error.cause], [
    "UserError",
    "Cannot do it",
    "do this",
    2,
    cause,
  ]);
});

test("a UserError fails with 1 and has no hint where nothing is said", () => {
  const error = new UserError("Cannot do it");
  assert.deepEqual([error.hint, error.exitCode], [undefined, EXIT.failed]);
});
