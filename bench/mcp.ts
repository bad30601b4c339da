// deno-lint-ignore-file no-console -- a bench prints its figures
/** Tools over mutual TLS, from the bundle in a process of its own. Run: deno run -A bench/mcp.ts */
import { startBox, type StartedBox } from "../tests/mcp/started_box.ts";
import { median, program, row, wallTimes } from "./measure.ts";

const CALLS = 200;
const IN_FLIGHT = 32;
const MANY_CALLS = 4_000;
/** After this a server has nothing left to do. */
const SETTLE_MS = 2_000;

const { signal } = new AbortController();

async function box(): Promise<StartedBox> {
  const { program: deno, args } = await program();
  const denoDir = Deno.env.get("DENO_DIR") ?? `${Deno.env.get("HOME")}/.cache/deno`;
  return await startBox({}, { command: [deno, ...args], denoDir });
}

async function called(toolbox: StartedBox["toolbox"], name: string, input: unknown): Promise<void> {
  const { text, isError } = await toolbox.call({ id: "1", name: `stakpak__${name}`, input }, { signal });
  if (isError) throw new Error(text);
}

/** `run_command true` ÷ spawning `sh -c true`, both at their median, in turns. */
export async function mcpCall(): Promise<string> {
  await using started = await box();
  const call = () => called(started.toolbox, "run_command", { command: "true" });
  for (let i = 0; i < 20; i++) await call();
  const calls: number[] = [];
  const spawns: number[] = [];
  for (let i = 0; i < CALLS; i++) {
    const before = performance.now();
    await call();
    calls.push(performance.now() - before);
    spawns.push(...await wallTimes({ program: "sh", args: ["-c", "true"] }, 1));
  }
  const [call50, spawn50] = [calls, spawns].map((times) => median(times.sort((a, b) => a - b))) as [
    number,
    number,
  ];
  const ratio = call50 / spawn50;
  const measured = `${ratio.toFixed(2)} (${call50.toFixed(1)} ms ÷ ${spawn50.toFixed(1)} ms)`;
  return row("`run_command true` over mTLS ÷ spawning `sh -c true`, p50", measured, "≤ 3", ratio <= 3);
}

/** Calls per second with 32 in flight, of a tool that only looks. */
export async function mcpRate(): Promise<string> {
  await using started = await box();
  await Deno.writeTextFile(`${started.folder}/hello`, "hello\n");
  let left = MANY_CALLS;
  const caller = async () => {
    while (left-- > 0) await called(started.toolbox, "view", { path: "hello" });
  };
  for (let i = 0; i < 100; i++) await called(started.toolbox, "view", { path: "hello" });
  const before = performance.now();
  await Promise.all(Array.from({ length: IN_FLIGHT }, caller));
  const rate = MANY_CALLS / ((performance.now() - before) / 1000);
  return row("calls per second over mTLS, 32 in flight, `view`", rate.toFixed(0), "≥ 1,000", rate >= 1_000);
}

/** Memory of an idle server ÷ that of the smallest HTTP server. */
export async function mcpRss(): Promise<string> {
  // The first start fills Deno's caches, which is memory of the start and not of the server.
  for (let i = 0; i < 2; i++) await (await box())[Symbol.asyncDispose]();
  await using started = await box();
  const bare = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-config",
      "--allow-net",
      new URL("bare_server.ts", import.meta.url).pathname,
    ],
    stdout: "null",
  }).spawn();
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const [ours, theirs] = await Promise.all([rssOf(started.pid), rssOf(bare.pid)]);
  bare.kill();
  await bare.status;
  const ratio = ours / theirs;
  const measured = `${ratio.toFixed(2)} (${ours.toFixed(0)} MB ÷ ${theirs.toFixed(0)} MB)`;
  return row("idle RSS of `mcp start` ÷ a bare Deno HTTP server", measured, "≤ 1.6", ratio <= 1.6);
}

/** Resident memory of a process, in MB. */
async function rssOf(pid: number): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)![1]) / 1024;
}

if (import.meta.main) {
  for (const measure of [mcpCall, mcpRate, mcpRss]) console.log(await measure());
}
