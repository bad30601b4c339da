/**
 * A supervisor in a process of its own, that kills itself in one step of a launch.
 *
 *     deno run -A tests/docker/supervisor.ts HOME STEP [MS]
 *
 * Dies MS after STEP has ended, that is: in the step behind it. STEP `settings` is before the first, `live` after
 * the last.
 *
 * @module
 */
import { boxStage } from "./box_stage.ts";

const [home, when, ms = "0"] = Deno.args as [string, string, string?];

function die(): void {
  setTimeout(() => Deno.kill(Deno.pid, "SIGKILL"), Number(ms));
}

let asked = 0;
// The first time is before there is anything to launch.
const stage = await boxStage({ home, onSettings: () => when === "settings" && ++asked === 2 && die() });
await stage.launcher.launch({
  session: "doomed",
  onStep: (step) => step === when && die(),
}, new AbortController().signal);
if (when === "live") die();
