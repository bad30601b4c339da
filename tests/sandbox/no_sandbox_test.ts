import { deepEqual, equal, ok } from "node:assert/strict";
import { UserError } from "../../src/domain/error.ts";
import { LaunchFailed } from "../../src/sandbox/box.ts";
import { noSandbox } from "../../src/sandbox/no_sandbox.ts";
import { test } from "../sanitized.ts";

test("a launch that failed is told with its hint and exit code 2; our bugs stay bugs", () => {
  const told = noSandbox(new LaunchFailed("start", "Cannot start the sandbox: no image", "docker pull x"));
  ok(told instanceof UserError);
  deepEqual([told.message, told.hint, told.exitCode], [
    "Cannot start the sandbox: no image",
    "docker pull x",
    2,
  ]);
  const bug = new TypeError("x is undefined");
  equal(noSandbox(bug), bug);
});
