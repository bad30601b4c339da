/**
 * A server that plays the story and kills itself at one commit of its store: a process of its own, started by
 * `tests/server/kill_test.ts` as `killed_supervisor.ts HOME PROVIDER COMMIT before|after`.
 *
 * It prints what the server has said yes to, a line of JSON each. With commit 0 it plays to the end, and prints the
 * number of commits last.
 *
 * @module
 */
import { countedStore } from "./counted_store.ts";
import { inProcessWorld } from "./in_process_world.ts";
import { playStory } from "./kill_story.ts";

const [home, url, number, when] = Deno.args as [string, string, string, "before" | "after"];
let commits = 0;

// What is written by a write of its own is written when it returns: a killed process takes nothing of it along.
const line = (value: unknown) =>
  Deno.stdout.writeSync(new TextEncoder().encode(`${JSON.stringify(value)}\n`));

const world = await inProcessWorld({
  on: home,
  url,
  watched: (store) =>
    countedStore(store, (commit, side) => {
      commits = Math.max(commits, commit);
      if (commit === Number(number) && side === when) Deno.kill(Deno.pid, "SIGKILL");
    }),
});
await playStory(world, line);
await world[Symbol.asyncDispose]();
line({ kind: "commits", commits });
// The model of the tests would keep it.
Deno.exit(0);
