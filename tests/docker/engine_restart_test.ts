/**
 * The engine itself is restarted under a shared box: a dockerd of the test's own, never this machine's.
 *
 * @module
 */
import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import { ToolboxGone } from "../../src/domain/toolbox.ts";
import { engineAnswers } from "../../src/sandbox/engine_answers.ts";
import { startPersistent } from "../../src/sandbox/persistent_source.ts";
import type { SandboxLease } from "../../src/sandbox/source.ts";
import { runs } from "../runs.ts";
import { boxStage } from "./box_stage.ts";
import { rootDockerTest } from "./docker.ts";
import { baseImage } from "./images.ts";
import { privateEngine } from "./private_engine.ts";

const never = new AbortController().signal;
/** What becomes of the engine, and how that is started which goes through it. */
const WAYS = [
  { how: "it is stopped, and its containers with it", signal: "SIGTERM", flags: [] },
  { how: "it is killed, its containers live until it starts again", signal: "SIGKILL", flags: [] },
  { how: "it is stopped, and its containers live on", signal: "SIGTERM", flags: ["--live-restore"] },
] as const;

async function sh(lease: SandboxLease, command: string): Promise<string> {
  const { text } = await lease.call({ id: "1", name: "stakpak__run_command", input: { command } }, {
    signal: never,
  });
  return text;
}

rootDockerTest(
  "a restart of the engine is survived: the box comes back, the session's next call works, nothing is left",
  async (context) => {
    await using engine = await privateEngine(await baseImage());
    for (let round = 0; round < Math.max(WAYS.length, runs(15)); round++) {
      const { how, signal, flags } = WAYS[round % WAYS.length]!;
      await context.step(how, async () => {
        await engine.stop("SIGTERM");
        await engine.start(...flags);
        const containers = async () =>
          (await engine.docker("ps", "-a", "--format", "{{.Names}}")).split("\n").filter(Boolean);
        {
          await using stage = await boxStage({ env: { DOCKER_HOST: engine.address } });
          await using source = await startPersistent({
            launch: stage.launcher.launch,
            engineAnswers: (signal) => engineAnswers(stage.host, signal),
            now: () => stage.host.now(),
            onFailure: "degrade",
            log: (line) => stage.lines.push(line),
          }, never);
          await using lease = await source.lease("a", never);
          const hostname = await sh(lease, "hostname");
          const [first, ...others] = await containers();
          match(first!, /^stakpak-/);
          deepEqual(others, []);
          await engine.stop(signal);
          await engine.start(...flags);
          // It may meet the old box while that is given up, and is told so; the next one may not.
          const again = await sh(lease, "hostname").catch((error) => {
            if (error instanceof ToolboxGone) return sh(lease, "hostname");
            throw error;
          });
          notEqual(again, hostname);
          equal(source.state().healthy, true, stage.lines.join("\n"));
          // Beside the call; as long as a box may take to end.
          const until = performance.now() + 12_000;
          while ((await containers()).includes(first!) && performance.now() < until);
          equal((await containers()).length, 1);
        }
        deepEqual(await containers(), []);
      });
    }
  },
);
