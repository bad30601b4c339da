// deno-lint-ignore-file no-console -- a bench prints its figures
/** Runs of `stakpak serve`, from the bundle, with a model that answers at once and a real box. Run: deno run -A bench/runs.ts */
import { boxStage } from "../tests/docker/box_stage.ts";
import { median, row } from "./measure.ts";
import { serve, type Served } from "./served.ts";

const RUNS = 40;
/** A run takes the worker that is kept ready; by then there is another one. */
const BETWEEN_MS = 500;
const MANY = 100;
const WORKERS = 8;
const CALLS = 5;

/** Of one round, from the request's acceptance to its last event ÷ what the tool and the model take by themselves. */
async function oneRound(served: Served): Promise<string> {
  for (let i = 0; i < 5; i++) await served.run("rounds=1");
  const [walls, trips]: [number[], number[]] = [[], []];
  for (let i = 0; i < RUNS; i++) {
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
    walls.push((await served.run("rounds=1")).wallMs);
    trips.push(await roundTrip(served, 0), await roundTrip(served, 1));
  }
  const tools = await toolTimes();
  const [wall, trip, tool] = [walls, trips, tools].map((times) =>
    median(times.toSorted((a, b) => a - b))
  ) as [
    number,
    number,
    number,
  ];
  const alone = tool + 2 * trip;
  const ratio = wall / alone;
  const parts = `${wall.toFixed(1)} ms ÷ (${tool.toFixed(1)} + 2 × ${trip.toFixed(1)} ms)`;
  return row(
    "run of one tool round (`run_command true`) with an instant model: wall ÷ (tool + 2 model round trips), p50",
    `${ratio.toFixed(2)} (${parts})`,
    "≤ 1.5",
    ratio <= 1.5,
  );
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

/** `run_command true` through the whole line of a box. */
async function toolTimes(): Promise<number[]> {
  await using stage = await boxStage();
  const { signal } = new AbortController();
  await using box = await stage.launcher.launch({ session: "bench" }, signal);
  const times: number[] = [];
  for (let i = 0; i < RUNS + 10; i++) {
    const before = performance.now();
    const call = { id: "1", name: "stakpak__run_command", input: { command: "true" } };
    const { isError, text } = await box.toolbox.call(call, { signal });
    if (isError) throw new Error(text);
    if (i >= 10) times.push(performance.now() - before);
  }
  return times;
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
