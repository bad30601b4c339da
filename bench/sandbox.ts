// deno-lint-ignore-file no-console -- a bench prints its figures
/** Boxes on the Docker of this machine, from the bundle. Run: deno run -A bench/sandbox.ts */
import type { Toolbox } from "../src/domain/toolbox.ts";
import type { Box } from "../src/sandbox/box.ts";
import { startPersistent } from "../src/sandbox/persistent_source.ts";
import { builtinEgress } from "../src/warden/start_egress.ts";
import { type BoxStage, boxStage } from "../tests/docker/box_stage.ts";
import { docker, LABEL } from "../tests/docker/docker.ts";
import { baseImage } from "../tests/docker/images.ts";
import { median, row, wallTimes } from "./measure.ts";

const LAUNCHES = 21;
const CALLS = 100;
const KILLS = 3;
const SESSIONS = 100;
const { signal } = new AbortController();

function stage(): Promise<BoxStage> {
  return boxStage({ startEgress: (host, log) => builtinEgress({ host, log }) });
}

/** A new box with its egress proxy ÷ `docker run --rm IMAGE true`, in turns; and how long each box takes to end. */
async function launchAndTeardown({ launcher }: BoxStage): Promise<string[]> {
  const run = { program: "docker", args: ["run", "--rm", "--label", LABEL, await baseImage(), "true"] };
  const [launches, runs, ends]: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i <= LAUNCHES; i++) {
    const [bare] = await wallTimes(run, 1);
    const asked = performance.now();
    const box = await launcher.launch({ session: `bench-${i}` }, signal);
    const listed = performance.now();
    await box[Symbol.asyncDispose]();
    // The first one fills caches, which is once and not each time.
    if (i === 0) continue;
    runs.push(bare!);
    launches.push(listed - asked);
    ends.push(performance.now() - listed);
  }
  const [launch, bare] = [launches, runs].map((times) => median(times.sort((a, b) => a - b))) as [
    number,
    number,
  ];
  const ratio = launch / bare;
  const slowest = Math.max(...ends);
  return [
    row(
      "sandbox asked → tools listed, egress proxy on, ÷ `docker run --rm IMAGE true`, p50",
      `${ratio.toFixed(2)} (${launch.toFixed(0)} ms ÷ ${bare.toFixed(0)} ms, ${LAUNCHES} in turns)`,
      "≤ 1.8",
      ratio <= 1.8,
    ),
    row(
      "teardown, p99",
      `${(slowest / 1000).toFixed(2)} s (the slowest of ${LAUNCHES})`,
      "≤ 2 s",
      slowest <= 2_000,
    ),
  ];
}

async function callTrue(toolbox: Toolbox): Promise<void> {
  const { text, isError } = await toolbox.call(
    { id: "1", name: "stakpak__run_command", input: { command: "true" } },
    { signal },
  );
  if (isError) throw new Error(text);
}

/** `run_command true` through the whole line ÷ `docker exec C true`, in turns. */
async function call(box: Box): Promise<string> {
  const exec = { program: "docker", args: ["exec", box.name, "true"] };
  const [calls, execs]: [number[], number[]] = [[], []];
  for (let i = 0; i < 20; i++) await callTrue(box.toolbox);
  for (let i = 0; i < CALLS; i++) {
    const before = performance.now();
    await callTrue(box.toolbox);
    calls.push(performance.now() - before);
    if (i % 5 === 0) execs.push(...await wallTimes(exec, 1));
  }
  const [one, other] = [calls, execs].map((times) => median(times.sort((a, b) => a - b))) as [number, number];
  const ratio = one / other;
  const measured = `${ratio.toFixed(3)} (${one.toFixed(1)} ms ÷ ${other.toFixed(1)} ms)`;
  return row(
    "`run_command true` through the whole line ÷ `docker exec C true`, p50",
    measured,
    "≤ 0.1",
    ratio <= 0.1,
  );
}

/** From `docker kill` to the next answer; and what a session costs that shares the box. */
async function persistent({ host, launcher, containers }: BoxStage): Promise<string[]> {
  const boxes: Box[] = [];
  await using source = await startPersistent({
    launch: async (request, aborted) => {
      const box = await launcher.launch(request, aborted);
      boxes.push(box);
      return box;
    },
    engineAnswers: () => Promise.resolve(true),
    now: () => host.now(),
    onFailure: "degrade",
    log: () => {},
  }, signal);
  const rss = await rssPerSession(source);
  const lease = await source.lease("bench", signal);
  const times: number[] = [];
  for (let i = 0; i < KILLS; i++) {
    const [name] = await containers();
    const before = performance.now();
    await docker("kill", name!);
    await callTrue(lease).catch(() => callTrue(lease));
    times.push(performance.now() - before);
  }
  await lease[Symbol.asyncDispose]();
  const slowest = Math.max(...times);
  const all = times.map((ms) => (ms / 1000).toFixed(1)).join(", ");
  return [
    row(
      "killed container noticed and replaced, until the next answer",
      `${all} s (one after the other)`,
      "≤ 5 s",
      slowest <= 5_000,
    ),
    rss,
  ];
}

async function rssPerSession(source: Awaited<ReturnType<typeof startPersistent>>): Promise<string> {
  const warm = await source.lease("warm", signal);
  for (let i = 0; i < 200; i++) await callTrue(warm);
  const before = Deno.memoryUsage().rss;
  const leases = [];
  for (let i = 0; i < SESSIONS; i++) {
    const lease = await source.lease(`idle-${i}`, signal);
    await callTrue(lease);
    leases.push(lease);
  }
  const each = Math.max(0, (Deno.memoryUsage().rss - before) / SESSIONS / 1e6);
  for (const lease of [warm, ...leases]) await lease[Symbol.asyncDispose]();
  const measured = `${each.toFixed(2)} MB (of ${SESSIONS}, each after one call)`;
  return row("supervisor RSS per additional idle persistent session", measured, "≤ 1 MB", each <= 1);
}

export async function sandbox(): Promise<string> {
  await using staged = await stage();
  const rows = await launchAndTeardown(staged);
  {
    await using box = await staged.launcher.launch({ session: "calls" }, signal);
    rows.splice(1, 0, await call(box));
  }
  return [...rows, ...await persistent(staged)].join("\n");
}

if (import.meta.main) console.log(await sandbox());
