import assert from "node:assert/strict";
import { test } from "../sanitized.ts";
import { LOOKING } from "./commands_that_look.ts";
import { launcher } from "./launcher.ts";
import { realStage } from "./real_stage.ts";

const FULL: Readonly<Record<string, string>> = {
  ".stakpak/config.toml": '[profiles.default]\napi_key = "k-not-real"\n',
  ".stakpak/autopilot.toml":
    '[[schedules]]\nname = "health-check"\ncron = "*/5 * * * *"\nprompt = "p"\n[channels.slack]\nbot_token = "a"\napp_token = "b"\nmodel = "m"\n',
  ".stakpak/autopilot/workspace/keep": "",
};

for (const [name, files] of [["empty", {}], ["full", FULL]] as const) {
  for (const args of LOOKING) {
    test(`looking never touches: stakpak ${args.join(" ")} in a home that is ${name}`, async () => {
      const { command, denoDir } = launcher();
      await using stage = await realStage({ title: "", files, steps: [] }, command, denoDir);
      const before = await treeOf(stage.home);
      await stage.run({ line: 0, args, env: {}, out: [], err: [], exit: 0, files: [] });
      assert.deepEqual(await treeOf(stage.home), before);
    });
  }
}

/** Every path below `folder` with its mode, time of change and content. */
async function treeOf(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    const { mode, mtime, size } = await Deno.lstat(path);
    found.push(
      `${path} ${mode} ${mtime?.getTime()} ${size} ${isDirectory ? "" : await Deno.readTextFile(path)}`,
    );
    if (isDirectory) found.push(...await treeOf(path));
  }
  return found.sort();
}
