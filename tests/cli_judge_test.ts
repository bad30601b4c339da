import { equal } from "node:assert/strict";
import { bundle } from "../scripts/bundle.ts";
import { launcherScript } from "../scripts/launcher.ts";

const JUDGE = new URL("judges/cli_judge.sh", import.meta.url).pathname;

Deno.test({
  name: "the program has the manners that the judge of command lines asks for, all 21",
  // It needs a bash and a script(1) as Linux has them.
  ignore: Deno.build.os !== "linux",
  sanitizeOps: true,
  sanitizeResources: true,
  sanitizeExit: true,
  async fn() {
    const folder = await Deno.makeTempDir({ prefix: "stakpak-judge-" });
    try {
      const [file, program] = [`${folder}/stakpak.js`, `${folder}/stakpak`];
      await bundle(file);
      await Deno.writeTextFile(program, launcherScript(file, Deno.execPath()), { mode: 0o755 });
      // What Deno caches below HOME is Deno's; a compiled binary does not.
      const command = `env DENO_DIR=${folder}/cache ${program}`;
      const { stdout } = await new Deno.Command("bash", {
        args: [JUDGE, command, "autopilot doctor"],
        stderr: "inherit",
      }).output();
      const said = new TextDecoder().decode(stdout);
      equal(said.trimEnd().split("\n").at(-1), "21 passed, 0 failed", said);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
