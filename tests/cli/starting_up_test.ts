import { deepEqual, equal, rejects } from "node:assert/strict";
import { startingUp } from "../../src/cli/starting_up.ts";
import { UserError } from "../../src/domain/error.ts";
import { PathError } from "../../src/host/inspection.ts";
import { test } from "../sanitized.ts";

test("startingUp() answers what the work answers", async () => {
  equal(await startingUp(() => Promise.resolve(7)), 7);
});

test("startingUp() ends a command with 2 that could not start, with the same words", async () => {
  const told = async (error: Error) => {
    const thrown = await startingUp(() => Promise.reject(error)).catch((error) => error);
    return [thrown.constructor, thrown.message, thrown.hint, thrown.exitCode];
  };
  deepEqual(await told(new UserError("Cannot use the store", { hint: "look at it" })), [
    UserError,
    "Cannot use the store",
    "look at it",
    2,
  ]);
  deepEqual(await told(new UserError("No hint")), [UserError, "No hint", undefined, 2]);
  deepEqual(await told(new PathError("/x", "permission denied")), [
    UserError,
    "Cannot use /x: permission denied",
    "check the path and who may use it: ls -ld /x",
    2,
  ]);
});

test("startingUp() leaves a bug a bug", async () => {
  const bug = new TypeError("no");
  await rejects(startingUp(() => Promise.reject(bug)), (error) => error === bug);
});
