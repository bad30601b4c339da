import { deepEqual } from "node:assert/strict";
import { pathTrouble } from "../../src/cli/path_trouble.ts";
import { PathError } from "../../src/host/inspection.ts";
import { test } from "../sanitized.ts";

test("pathTrouble() says what is wrong with a path, and how to look at it, or to make room", () => {
  const told = (reason: string) => {
    const { message, hint, exitCode } = pathTrouble(new PathError("/srv/a b/token", reason), 2);
    return [message, hint, exitCode];
  };
  deepEqual(told("permission denied"), [
    "Cannot use /srv/a b/token: permission denied",
    "check the path and who may use it: ls -ld '/srv/a b/token'",
    2,
  ]);
  for (const reason of ["No space left on device", "Disk quota exceeded"]) {
    deepEqual(told(reason)[1], "make room, then do it again: df -h '/srv/a b'");
  }
});
