/**
 * A run folder that has no room: told by name, and nothing is left.
 *
 * @module
 */
import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { LaunchFailed } from "../../src/sandbox/box.ts";
import { type AttackStage, attackStage, sh, works } from "./attack_stage.ts";
import { rootDockerTest, run } from "./docker.ts";

/** A home folder whose run folder is a disk of its own, in memory, with room for so much. */
async function smallRunFolder(room: string): Promise<{ home: string; run: string } & AsyncDisposable> {
  const home = await Deno.makeTempDir({ prefix: "attack-" });
  const folder = `${home}/r`;
  await Deno.mkdir(folder, { mode: 0o700 });
  const { code, stderr } = await run(["mount", "-t", "tmpfs", "-o", `mode=0700,${room}`, "tmpfs", folder]);
  if (code !== 0) throw new Error(`mount: ${stderr}`);
  return {
    home,
    run: folder,
    async [Symbol.asyncDispose]() {
      await run(["umount", "--lazy", folder]);
      await Deno.remove(home, { recursive: true });
    },
  };
}

async function nothingLeft({ stage }: AttackStage): Promise<void> {
  deepEqual(await stage.containers(), []);
  const [instance] = await stage.left();
  deepEqual((await Array.fromAsync(Deno.readDir(`${stage.run}/${instance}`))).map(({ name }) => name), [
    "lock",
  ]);
}

rootDockerTest(
  "a run folder without room for a box's folders: the launch fails by name, and leaves nothing",
  async () => {
    // The folder itself, the register's lock, the instance with its lock, the box's folder: `in` and `out` do not fit.
    await using disk = await smallRunFolder("nr_inodes=5");
    await using on = await attackStage({ home: disk.home });
    await rejects(on.box(), (error) => {
      ok(error instanceof LaunchFailed, String(error));
      equal(error.step, "folders");
      match(error.message, /^Cannot start a sandbox: folders: .*[Nn]o space left on device/);
      return true;
    });
    await nothingLeft(on);
  },
);

rootDockerTest(
  "a run folder without room for a box's socket: the launch fails by name, and leaves nothing",
  async () => {
    // `in`, `out` and the way out's socket fit, that of the tools does not.
    await using disk = await smallRunFolder("nr_inodes=8");
    await using on = await attackStage({ home: disk.home });
    await rejects(on.box(), (error) => {
      ok(error instanceof LaunchFailed, String(error));
      match(error.message, /^Cannot start a sandbox: /);
      return true;
    });
    await nothingLeft(on);
  },
);

rootDockerTest(
  "a box that fills the run folder goes on, so does the next one, and nothing is left",
  async () => {
    await using disk = await smallRunFolder("size=1m");
    await using on = await attackStage({ home: disk.home });
    const box = await on.box();
    match(await sh(box, "head -c 9m /dev/zero > /run/stakpak/in/full"), /No space left on device/);
    await works(box);
    const other = await on.box("s2");
    await works(other);
    await other[Symbol.asyncDispose]();
    await box[Symbol.asyncDispose]();
    await nothingLeft(on);
  },
);
