import assert from "node:assert/strict";
import { test } from "../sanitized.ts";
import { launcher } from "./launcher.ts";

/** A device on which every write fails as on a full disk. */
const FULL = "/dev/full";

test("a full disk behind stdout is no bug of ours", async () => {
  if (Deno.build.os !== "linux") return; // The device is Linux's own.
  const { command: [program, ...flags], denoDir } = launcher();
  const { code, stderr } = await new Deno.Command("sh", {
    args: ["-c", `exec "$0" "$@" > ${FULL}`, program, ...flags, "config", "sample"],
    env: { DENO_DIR: denoDir },
    stdin: "null",
  }).output();
  assert.equal(new TextDecoder().decode(stderr), "error: Cannot use stdout: No space left on device\n");
  assert.equal(code, 1);
});
