/**
 * Two hundred secrets are planted in a machine, and `stakpak serve` works there: none of them is found afterwards in
 * anything that leaves ring 0, or stays behind.
 *
 * @module
 */
import assert from "node:assert/strict";
import { workersOf } from "../../src/host/deno_worker.ts";
import type { StartWorker } from "../../src/host/worker.ts";
import { bundledProgram } from "../docker/bundled_program.ts";
import { docker, dockerTest } from "../docker/docker.ts";
import { baseImage } from "../docker/images.ts";
import { runs } from "../runs.ts";
import { bytesAsText, type Canaries, canariesIn, filesUnder, plantCanaries } from "../runs_world/canaries.ts";
import { inProcessWorld } from "../runs_world/in_process_world.ts";
import { leakAll, type Leaked, sentTo } from "../runs_world/leak_run.ts";
import { canPlay, playScenario } from "../runs_world/play_scenario.ts";
import { type ProcessWorld, processWorld } from "../runs_world/process_world.ts";
import { SCENARIOS, wireOf } from "../runs_world/scenarios.ts";
import { WIRES } from "../runs_world/steps.ts";
import type { World } from "../runs_world/world.ts";
import { KEYS } from "../runs_world/world_files.ts";
import { test } from "../sanitized.ts";

const FULL = runs(20) === 20;
const WIRES_TRIED = FULL ? WIRES : WIRES.slice(0, 1);

/** What the operator wrote, and the tools': there the secrets are at home. */
const AT_HOME =
  /^(?:\.stakpak\/(?:config|autopilot)\.toml|\.secrets\/.*|\.stakpak\/autopilot\/(?:workspace|sessions)\/.*)$/;

function assertClean(what: string, text: string, canaries: readonly string[]): void {
  assert.deepEqual(canariesIn(text, canaries).slice(0, 5), [], what);
}

async function assertDiskClean(home: string, { all }: Canaries): Promise<void> {
  for (const path of await filesUnder(home)) {
    const name = path.slice(home.length + 1);
    if (!AT_HOME.test(name)) assertClean(name, await bytesAsText(path), all);
  }
}

/** Of every process that can be looked at; of those beneath ours the environment, too. */
async function assertProcessesClean({ sealed }: Canaries, supervisor: number): Promise<void> {
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const read = (file: string) => Deno.readTextFile(`/proc/${name}/${file}`).catch(() => "");
    assertClean(`/proc/${name}/cmdline`, await read("cmdline"), sealed);
    if (await isBeneath(Number(name), supervisor)) {
      assertClean(`/proc/${name}/environ of ${await read("cmdline")}`, await read("environ"), sealed);
    }
  }
}

async function isBeneath(pid: number, supervisor: number): Promise<boolean> {
  for (let at = pid; at > 1;) {
    const status = await Deno.readTextFile(`/proc/${at}/status`).catch(() => "");
    at = Number(/^PPid:\t(\d+)$/m.exec(status)?.[1] ?? 0);
    if (at === supervisor) return true;
  }
  return false;
}

function assertToldClean(world: World, { events, answers }: Leaked, canaries: Canaries): void {
  // What the caller has sent itself comes back to it as a title, unless it is a secret of the supervisor.
  assertClean("events", JSON.stringify(events), canaries.all);
  assertClean("answers of the API", answers, canaries.all);
  assertClean("requests to the provider", sentTo(world.provider.requests), canaries.all);
  assertClean("what the server has said", world.said(), canaries.all);
  for (const { headers, wire } of world.provider.requests) {
    const key = headers["x-api-key"] ?? headers.authorization?.replace("Bearer ", "");
    assert.equal(key, KEYS[wire!]);
  }
}

async function playSome(world: ProcessWorld): Promise<void> {
  const all = SCENARIOS.filter((scenario) => canPlay(world, scenario) && !scenario.slow);
  const some = all.filter((_, index) => FULL || index % 20 === 0);
  for (const [index, scenario] of some.entries()) {
    await playScenario(world, scenario, wireOf(scenario, index));
  }
}

test("no planted secret leaves `stakpak serve`, or stays behind, whoever is careless with it", async () => {
  const canaries = plantCanaries();
  await using world = await processWorld({ tools: "host", ...canaries });
  for (const wire of WIRES_TRIED) {
    const leaked = await leakAll(world, canaries, wire, () => assertProcessesClean(canaries, world.pid));
    assertToldClean(world, leaked, canaries);
  }
  await playSome(world);
  await assertProcessesClean(canaries, world.pid);
  await assertDiskClean(world.home, canaries);
  await world.stop();
  await assertDiskClean(world.home, canaries);
  assertClean("what the server has said", world.said(), canaries.all);
});

dockerTest("no planted secret gets into a box, or out of it, or into what Docker knows of it", async () => {
  const canaries = plantCanaries();
  const env = { ...canaries.env, STAKPAK_AGENT_IMAGE: await baseImage() };
  await using world = await processWorld({ tools: "box", ...canaries, env, program: await bundledProgram() });
  let inspected = 0;
  const look = async () => {
    await assertProcessesClean(canaries, world.pid);
    for (const id of (await docker("ps", "-aq")).split("\n").filter(Boolean)) {
      const text = await docker("inspect", id).catch(() => "");
      if (text.includes(world.home)) inspected++;
      assertClean(`docker inspect ${id}`, text, canaries.all);
    }
  };
  const leaked = await leakAll(world, canaries, "anthropic", look);
  assert.ok(inspected > 0, "the box was looked at");
  assertToldClean(world, leaked, canaries);
  if (FULL) await playSome(world);
  await world.stop();
  await assertDiskClean(world.home, canaries);
});

test("no planted secret is told to a worker", async () => {
  const canaries = plantCanaries();
  const told: string[] = [];
  const real = workersOf(new URL("../../main.ts", import.meta.url).href);
  const startWorker: StartWorker = (name, grants, listener) => {
    const worker = real(name, grants, listener);
    const decoder = new TextDecoder();
    const tell = (message: unknown) => {
      const { bytes } = message as { bytes?: Uint8Array };
      told.push(bytes ? decoder.decode(bytes, { stream: true }) : JSON.stringify(message));
      worker.tell(message);
    };
    return { tell, end: () => worker.end() };
  };
  await using world = await inProcessWorld({
    startWorker,
    ...canaries.files,
    env: canaries.env,
    home: canaries.home,
  });
  for (const wire of WIRES_TRIED) await leakAll(world, canaries, wire, () => Promise.resolve());
  assert.ok(told.join("").includes("REDACTED_SECRET"));
  // What the model itself says is told before it is known to be a secret; what ring 0 says is not.
  const ours = told.filter((text) => text.startsWith('{"kind":"start"') || text.startsWith('{"kind":"next"'));
  assertClean("what ring 0 says to workers", ours.join("\n"), canaries.all);
});
