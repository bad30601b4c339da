// deno-lint-ignore-file no-console -- a bench prints its figures
/** Runs of `stakpak serve`, from the bundle, with a model that answers at once and a real box. Run: deno run -A bench/runs.ts */
import { boxStage } from "../tests/docker/box_stage.ts";
import { median, row } from "./measure.ts";
import { serve, type Served } from "./served.ts";

const RUNS = 40;
/** A run takes the worker that is kept ready; by then there is another one. */
const BETWEEN_MS = 800;
const MANY = 100;
const WORKERS = 8;
const CALLS = 5;

/**
 * Of one round, from its post to its last event ÷ what the tool and the model take by themselves; in turns, so that
 * whatever else the machine does slows down all of them.
 */
async function oneRound(served: Served): Promise<string> {
  await using tool = await bareTool();
  for (let i = 0; i < 10; i++) await served.run("rounds=1");
  const times = {
    laters: [] as number[],
    firsts: [] as number[],
    trips: [] as number[],
    tools: [] as number[],
  };
  for (let i = 0; i < RUNS; i++) {
    const session = await served.session();
    for (const walls of [times.firsts, times.laters]) {
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
      walls.push((await served.run("rounds=1", session)).wallMs);
    }
    times.tools.push(await tool.call());
    times.trips.push(await roundTrip(served, 0), await roundTrip(served, 1));
  }
  const alone = [p50(times.tools), p50(times.trips)] as const;
  const what = "one tool round (`run_command true`), instant model: wall ÷ (tool + 2 model round trips), p50";
  return [
    ratioRow(`run of ${what}`, p50(times.laters), alone),
    ratioRow(`the same, a session's first run: the workspace is looked at, too`, p50(times.firsts), alone),
  ].join("\n");
}

function ratioRow(what: string, wall: number, [tool, trip]: readonly [number, number]): string {
  const ratio = wall / (tool + 2 * trip);
  const parts = `${wall.toFixed(1)} ms ÷ (${tool.toFixed(1)} + 2 × ${trip.toFixed(1)} ms)`;
  return row(what, `${ratio.toFixed(2)} (${parts})`, "≤ 1.5", ratio <= 1.5);
}

function p50(times: readonly number[]): number {
  return median(times.toSorted((one, other) => one - other));
}

/** One request to the model by itself, as long as those of a run are. */
async function roundTrip({ modelUrl }: Served, done: number): Promise<number> {
  const padding = "x".repeat(12_000);
  const messages = [
    { role: "system", content: padding },
    { role: "user", content: "rounds=1" },
    ...Array.from({ length: done }, () => ({ role: "tool", content: "" })),
  ];
  const before = performance.now();
  const answer = await fetch(`${modelUrl}/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: "m", stream: true, messages }),
  });
  await answer.text();
  return performance.now() - before;
}

/** `run_command true` through the whole line of a box; answers milliseconds. */
async function bareTool(): Promise<AsyncDisposable & { call(): Promise<number> }> {
  await using opening = new AsyncDisposableStack();
  const stage = opening.use(await boxStage());
  const { signal } = new AbortController();
  const box = opening.use(await stage.launcher.launch({ session: "bench" }, signal));
  const call = async () => {
    const before = performance.now();
    const call = { id: "1", name: "stakpak__run_command", input: { command: "true" } };
    const { isError, text } = await box.toolbox.call(call, { signal });
    if (isError) throw new Error(text);
    return performance.now() - before;
  };
  for (let i = 0; i < 10; i++) await call();
  const opened = opening.move();
  return { call, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

/** A hundred at once: do all complete, and what does the supervisor weigh meanwhile? */
async function manyRuns(served: Served): Promise<string> {
  let most = 0;
  const watching = setInterval(() => most = Math.max(most, rssOf(served.pid)), 50);
  const before = performance.now();
  const ends = await Promise.all(Array.from({ length: MANY }, () => served.run(`rounds=${CALLS}`)));
  const seconds = (performance.now() - before) / 1000;
  clearInterval(watching);
  const completed = ends.filter(({ last }) => last === "run_completed").length;
  const limit = 250 + 40 * WORKERS;
  return row(
    `${MANY} runs at once (${WORKERS} workers), instant model, ${CALLS} tool calls each`,
    `${completed} completed in ${seconds.toFixed(1)} s, supervisor RSS at most ${most.toFixed(0)} MB`,
    `all complete, RSS ≤ ${limit} MB (250 MB + 40 MB per worker)`,
    completed === MANY && most <= limit,
  );
}

/** Resident memory of a process, in MB. */
function rssOf(pid: number): number {
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)![1]) / 1024;
}

export async function runs(): Promise<string> {
  await using served = await serve();
  return [await oneRound(served), await manyRuns(served)].join("\n");
}

if (import.meta.main) console.log(await runs());
