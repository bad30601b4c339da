// deno-lint-ignore-file no-console -- a bench prints its figures
/** What policy, redaction, audit and their commits cost a tool call, on a real store. Run: deno run -A bench/call_cost.ts */
import { denoHost } from "../src/host/deno_host.ts";
import { Redactor } from "../src/secrets/redactor.ts";
import { liveRun } from "../src/server/live_run.ts";
import { openStore } from "../src/server/open_store.ts";
import { ownTools } from "../src/server/own_tools.ts";
import { askedCalls, proposeCalls } from "../src/server/propose_calls.ts";
import { redactAnswer } from "../src/server/redact_answer.ts";
import type { RunParts } from "../src/server/run_parts.ts";
import type { RunSetup } from "../src/server/run_setup.ts";
import type { SessionTools } from "../src/server/session_tools.ts";
import { toolTurn } from "../src/server/tool_turn.ts";
import { median, row } from "./measure.ts";

const CALLS = 1_000;
const WARM_UP = 200;
const KNOWN_VALUES = 50;
const LIMIT_MS = 2;
const LINE = "nginx[812]: 203.0.113.7 GET /status 200 in 3 ms, upstream 10.0.3.17:8080, cache hit\n";
const RESULT = LINE.repeat(Math.ceil(2_048 / LINE.length)).slice(0, 2_048);
const TOOL = "stakpak__run_command";

/** Answers at once, with 2 KB. */
const toolbox: SessionTools = {
  place: "sandbox",
  isOurs: () => true,
  onlyLooks: () => false,
  workspace: () => Promise.resolve([]),
  notes: () => [],
  list: () => Promise.resolve(ownTools()),
  call: ({ id }) => Promise.resolve({ callId: id, text: RESULT, isError: false }),
  [Symbol.asyncDispose]: () => Promise.resolve(),
};

const setup = {
  config: { profile: "default", policy: { allowed: undefined, approve: ["stakpak__view", TOOL] } },
  place: "sandbox",
} as unknown as RunSetup;

/** Milliseconds of each call: from the model's answer to the turn's end, and of the toolbox alone. */
async function timed(folder: string): Promise<{ whole: number[]; bare: number[] }> {
  using store = await openStore(denoHost([]), `${folder}/a.db`);
  const instance = "bench";
  const session = store.sessions.create({ title: "bench", origin: "api" }).id;
  const request = { text: "go", context: [], profile: "default", model: undefined, overrides: {} };
  const run = store.runs.begin({
    id: crypto.randomUUID(),
    sessionId: session,
    owner: instance,
    request: { ...request, pauseOnApproval: false },
  })!;
  const redactor = new Redactor();
  for (let value = 0; value < KNOWN_VALUES; value++) redactor.add(crypto.randomUUID());
  const parts = { store, instance, host: { now: () => new Date() } } as unknown as RunParts;
  using live = liveRun(parts, run, redactor);
  const names = ownTools().map(({ name }) => name);
  const { signal } = new AbortController();
  const [whole, bare]: [number[], number[]] = [[], []];
  for (let turn = 1; turn <= CALLS + WARM_UP; turn++) {
    store.runs.update(run.id, { turns: turn });
    const call = {
      id: `call_${turn}`,
      name: TOOL,
      input: { command: `tail -n 25 /var/log/nginx/${turn}.log` },
    };
    const began = performance.now();
    await toolbox.call(call, { signal });
    const answered = performance.now();
    const asked = askedCalls(
      redactAnswer([{ type: "tool_call", call, providerMetadata: undefined }], redactor, new Set()),
    );
    await toolTurn(live, toolbox, {
      first: (run) => proposeCalls(live, run, asked, { setup, tools: names }),
      last: (_run, [done]) => {
        if (done?.state !== "done" || done.result !== RESULT) throw new Error("it was not carried out");
      },
    });
    if (turn <= WARM_UP) continue;
    bare.push(answered - began);
    whole.push(performance.now() - answered);
  }
  return { whole, bare };
}

export async function callCost(): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "bench-" });
  try {
    const { whole, bare } = await timed(folder);
    for (const times of [whole, bare]) times.sort((one, other) => one - other);
    const p50 = median(whole) - median(bare);
    const p99 = whole[Math.floor(CALLS * 0.99)]!;
    return row(
      "policy + redaction + audit of a call with 2 KB of result, its two commits among it, p50",
      `${p50.toFixed(2)} ms (p99 ${p99.toFixed(2)} ms)`,
      `≤ ${LIMIT_MS} ms`,
      p50 <= LIMIT_MS,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

if (import.meta.main) console.log(await callCost());
