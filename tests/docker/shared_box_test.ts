/**
 * The shared box on real Docker: killed, replaced, shared.
 *
 * @module
 */
import { equal, match, notEqual, ok, rejects } from "node:assert/strict";
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
