/**
 * `doctor` and `preflight` on real systemd and real Docker, as transcripts (tests/docker/transcripts).
 *
 * After every transcript: nothing that it started is left, and nothing at home has changed by looking.
 *
 * @module
 */
import { deepEqual, equal, ok } from "node:assert/strict";
import { parseTranscript, play, type Transcript } from "../cli/transcript.ts";
import { test } from "../sanitized.ts";
import { dockerTest } from "./docker.ts";
import { machineStage } from "./machine_stage.ts";
import type { Environment, MachineUser } from "./machine_user.ts";
import { HIDDEN_SOCKET, type Scene, SCENES } from "./scenes.ts";
import { sh } from "./sh.ts";
import { HAS_LOOP_DEVICES } from "./small_disk.ts";
import { startSystemdMachine, type SystemdMachine } from "./systemd_machine.ts";

const TRANSCRIPTS = await transcripts();

test("every scene of the systemd machine is played", () => {
  const played = new Set(TRANSCRIPTS.map(([, { machine }]) => machine));
  deepEqual(Object.keys(SCENES).filter((name) => !played.has(name)), []);
});

dockerTest("doctor and preflight on a machine whose daemon is up", async (context) => {
  await using machine = await startSystemdMachine({ program: true, loopDevices: HAS_LOOP_DEVICES });
  await playAll(context, machine, "up");
});

dockerTest("doctor and preflight on a machine whose daemon is down", async (context) => {
  await using machine = await startSystemdMachine({ program: true, socket: HIDDEN_SOCKET });
  await sh(machine.superuser, "mkdir /opt/docker && mv /usr/bin/docker /opt/docker/");
  await playAll(context, machine, "down");
});

async function playAll(
  context: Deno.TestContext,
  machine: SystemdMachine,
  daemon: "up" | "down",
): Promise<void> {
  for (const [name, transcript] of TRANSCRIPTS) {
    const scene = SCENES[transcript.machine ?? ""];
    ok(scene, `${name}: tests/docker/scenes.ts has no scene "${transcript.machine}"`);
    if ((scene.daemon ?? "up") !== daemon) continue;
    await context.step(`${name}: ${transcript.title}`, () => playOne(machine, name, transcript, scene));
  }
}

async function playOne(
  machine: SystemdMachine,
  name: string,
  transcript: Transcript,
  scene: Scene,
): Promise<void> {
  const root = machine.superuser;
  await scene.before?.(root, name);
  const wanted = scene.user ?? { linger: true, docker: true };
  const user = wanted === "root" ? root : await machine.addUser(name, wanted);
  const stage = await machineStage(transcript, user, {
    ...(scene.env ? { env: scene.env } : {}),
    ...(scene.meanwhile ? { meanwhile: (said) => scene.meanwhile!(root, user, said) } : {}),
  });
  await using _lasting = await scene.arrange?.(root, user) ?? null;
  const before = await homeOf(user);
  const start = performance.now();
  await play(transcript, stage);
  const wallMs = performance.now() - start;
  ok(wallMs <= (scene.limitMs ?? Infinity), `it took ${wallMs} ms, wanted at most ${scene.limitMs}`);
  if (!scene.acts) deepEqual(await homeOf(user), before, "something at home has changed");
  await assertNothingLeft(root, user);
  for (const probe of scene.mends ?? []) await mend(user, probe, scene.env);
}

/** None of the user's processes is one that doctor started, or that those started. */
async function assertNothingLeft(root: MachineUser, { name }: MachineUser): Promise<void> {
  const pattern = "docker|sleep|stakpak";
  const { code, stdout } = await root.run(["pgrep", "--uid", name, "--full", "--list-full", pattern]);
  equal(code, 1, `something is left running: ${stdout}`);
}

/** Every path at home, with mode, size and time of change. */
async function homeOf(user: MachineUser): Promise<string[]> {
  const { code, stdout, stderr } = await user.run(["sudo", "find", ".", "-printf", "%p %m %u %s %T@\n"]);
  equal(code, 0, stderr);
  return stdout.split("\n").sort();
}

/** Pastes the fix of `probe` into the user's shell; afterwards the probe must be content. */
async function mend(user: MachineUser, probe: string, env: Environment | undefined): Promise<void> {
  const ask = async () => {
    const { stdout } = await user.run(["stakpak", "doctor", "--only", probe, "--format", "json"], env);
    return JSON.parse(stdout).checks.find(({ id }: { id: string }) => id === probe);
  };
  const { status, fix } = await ask();
  ok(["warn", "block"].includes(status), `${probe} has nothing to mend: ${status}`);
  const pasted = await user.run(["bash", "-c", fix.command], env);
  const after = await ask();
  ok(["pass", "skip"].includes(after.status), `${fix.command}\n${pasted.stderr}\n${JSON.stringify(after)}`);
}

async function transcripts(): Promise<[string, Transcript][]> {
  const folder = new URL("./transcripts/", import.meta.url);
  const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
  return await Promise.all(names.map(async (name): Promise<[string, Transcript]> => {
    return [name.replace(/\.txt$/, ""), parseTranscript(await Deno.readTextFile(new URL(name, folder)))];
  }));
}
