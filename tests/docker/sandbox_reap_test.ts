import { deepEqual, equal } from "node:assert/strict";
import { boxStage } from "./box_stage.ts";
import { dockerTest, run } from "./docker.ts";

const NEVER = new AbortController().signal;
const SUPERVISOR = new URL("supervisor.ts", import.meta.url).pathname;

/** Where the supervisor dies: how long after the end of which step. */
const DEATHS: readonly [step: string, ms: number][] = [
  ["settings", 0],
  ["identity", 0],
  ["folders", 0],
  ["folders", 30],
  ["folders", 100],
  ["folders", 200],
  ["start", 0],
  ["handshake", 0],
  ["dial", 0],
  ["ready", 0],
  ["live", 0],
];

dockerTest("after a supervisor was killed in any step, the next start leaves nothing of it", async () => {
  const home = await Deno.makeTempDir({ prefix: "box-" });
  try {
    for (const [step, ms] of DEATHS) {
      const at = `${ms} ms after ${step}`;
      const { code, stderr } = await run([
        Deno.execPath(),
        "run",
        "-A",
        "--no-check",
        SUPERVISOR,
        home,
        step,
        `${ms}`,
      ]);
      equal(code, 137, `${at}: ${stderr}`);
      await using next = await boxStage({ home });
      await next.launcher.tidied;
      deepEqual(await next.containers(), [], at);
      equal((await next.left()).length, 1, at);
      deepEqual(next.lines, [], at);
    }
  } finally {
    await Deno.remove(home, { recursive: true });
  }
});

dockerTest("the boxes of a live supervisor stay", async () => {
  const home = await Deno.makeTempDir({ prefix: "box-" });
  try {
    await using stage = await boxStage({ home });
    await using box = await stage.launcher.launch({ session: "s1" }, NEVER);
    await using next = await boxStage({ home });
    await next.launcher.tidied;
    deepEqual(await next.containers(), [box.name]);
    equal((await box.toolbox.list(NEVER)).length, box.tools.length);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
});
