/**
 * The shared box on real Docker: killed, replaced, shared.
 *
 * @module
 */
import { deepEqual, equal, match, notEqual, ok, rejects } from "node:assert/strict";
import { sessionName } from "../../src/domain/session_name.ts";
import { ToolboxGone } from "../../src/domain/toolbox.ts";
import { engineAnswers } from "../../src/sandbox/engine_answers.ts";
import { type PersistentSource, startPersistent } from "../../src/sandbox/persistent_source.ts";
import type { SandboxLease } from "../../src/sandbox/source.ts";
import { type BoxStage, boxStage } from "./box_stage.ts";
import { docker, dockerTest } from "./docker.ts";

const never = new AbortController().signal;

const start = ({ launcher, host, lines }: BoxStage): Promise<PersistentSource> =>
  startPersistent({
    launch: launcher.launch,
    engineAnswers: (signal) => engineAnswers(host, signal),
    now: () => host.now(),
    onFailure: "degrade",
    log: (line) => lines.push(line),
  }, never);

async function sh(lease: SandboxLease, command: string): Promise<string> {
  const { text } = await lease.call({ id: "1", name: "stakpak__run_command", input: { command } }, {
    signal: never,
  });
  return text;
}

dockerTest("a box that is killed is replaced: the call that died says so, the next one works", async () => {
  await using stage = await boxStage();
  await using source = await start(stage);
  await using lease = await source.lease("a", never);
  const [first] = await stage.containers();
  const dying = rejects(
    sh(lease, "touch begun; sleep 600"),
    (error) => error instanceof ToolboxGone && error.mayHaveRun && /killed/.test(error.message),
  );
  // Nothing is said before it runs.
  match(await sh(lease, "until test -e begun; do :; done; echo begun"), /begun/);
  await docker("kill", first!);
  await dying;
  const hostname = await sh(lease, "hostname");
  const [second, ...others] = await stage.containers();
  equal(others.length, 0);
  notEqual(second, first);
  equal((await docker("inspect", "-f", "{{.Id}}", second!)).startsWith(hostname), true);
  equal(source.state().totalRespawnAttempts, 1);
});

dockerTest(
  "each session of a shared box has a folder and a task list of its own, for tidiness and not for safety",
  async () => {
    await using stage = await boxStage();
    const call = async (lease: SandboxLease, name: string, input: unknown) =>
      (await lease.call({ id: "1", name: `stakpak__${name}`, input }, { signal: never })).text;
    const folder = await sessionName("a");
    {
      await using source = await start(stage);
      await using one = await source.lease("a", never);
      await using two = await source.lease("b", never);
      deepEqual([await sh(one, "pwd"), await sh(two, "pwd")], [
        `/workspace/${folder}`,
        `/workspace/${await sessionName("b")}`,
      ]);
      await sh(one, "echo of a > note");
      match(await sh(two, "cat note"), /No such file/);
      match(await call(two, "view", { path: `../${folder}/note` }), /^INVALID_PATH\n/);
      match(await call(one, "view", { path: "note" }), /of a/);
      // They are one trust domain all the same.
      equal(await sh(two, `cat ../${folder}/note`), "of a");
      match(await call(one, "run_command_task", { command: "sleep 600" }), /Background task started/);
      match(await call(one, "get_all_tasks", { view: "all" }), /sleep 600/);
      equal((await call(two, "get_all_tasks", { view: "all" })).includes("sleep 600"), false);
    }
    await using source = await start(stage);
    await using again = await source.lease("a", never);
    equal(await sh(again, "cat note"), "of a");
    equal(await Deno.readTextFile(`${stage.workspace}/${folder}/note`), "of a\n");
  },
);

dockerTest("two sessions share the box, its files, and what it has running", async () => {
  await using stage = await boxStage();
  {
    await using source = await start(stage);
    const [one, two] = [await source.lease("a", never), await source.lease("b", never)];
    await sh(one, "echo of a > /tmp/note");
    equal(await sh(two, "cat /tmp/note"), "of a");
    equal(await sh(one, "hostname"), await sh(two, "hostname"));
    await one[Symbol.asyncDispose]();
    equal(await sh(two, "echo still"), "still");
    equal((await stage.containers()).length, 1);
  }
  equal((await stage.containers()).length, 0);
  ok(stage.lines.length === 0, stage.lines.join("\n"));
});
