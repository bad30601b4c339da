import { equal } from "node:assert/strict";
import { launcherScript } from "../../scripts/launcher.ts";
import { programFlags } from "../../src/cli/permissions.ts";
import { test } from "../sanitized.ts";

test("the launcher hands every flag and word on as it is, stars and brackets too", async () => {
  const script = launcherScript("/nowhere/a b.js", "echo").replace("exec 'echo'", `exec printf '%s\\n'`);
  const { stdout } = await new Deno.Command("sh", { args: ["-c", script, "stakpak", "c  d", "*"] }).output();
  equal(
    new TextDecoder().decode(stdout),
    ["run", ...programFlags(), "/nowhere/a b.js", "c  d", "*", ""].join("\n"),
  );
});
