/**
 * Whatever happens to runs, and in whatever order: each ends once, its last event is its end, its history is well
 * formed, no call is sent twice, and nothing that was accepted is lost.
 *
 * @module
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Message } from "../../src/domain/message.ts";
import type { ToolCall } from "../../src/domain/toolbox.ts";
import { ToolboxGone } from "../../src/domain/toolbox.ts";
import type { ApiError } from "../../src/server/api_error.ts";
import { calls, type Ring1, says, scriptedWorkers } from "../fakes/scripted_workers.ts";
import { runs, SEED } from "../runs.ts";
import { until } from "../runs_world/await_condition.ts";
import { test } from "../sanitized.ts";
import { type RunStage, runStage, terminals, toolResult } from "./run_stage.ts";

const DEEDS = [
  "start",
  "answer words",
  "answer calls",
  "answer calls that ask",
  "answer failure",
  "worker throws",
  "worker forges",
  "tool answers",
  "tool fails",
  "tool is gone",
  "steer",
  "follow up",
  "accept",
  "reject",
  "custom result",
  "accept all",
  "cancel",
  "expire",
  "crash",
  "breathe",
] as const;

type Deed = (typeof DEEDS)[number];

const ASKS =
  '[profiles.default]\nmodel = "openai/gpt-x"\nallowed_tools = ["view", "create"]\nauto_approve = ["view"]\n' +
  "max_turns = 4\n";

/** Everything that waits for a test to say how it goes on. */
interface Open {
  readonly asks: Ring1[];
  readonly tools: { readonly call: ToolCall; end(how: "answers" | "fails" | "gone"): void }[];
}

async function play(deeds: readonly Deed[]): Promise<void> {
  const open: Open = { asks: [], tools: [] };
  const ring1 = scriptedWorkers((ring1, told) => {
    if (told.kind === "start" || told.kind === "next") open.asks.push(ring1);
  });
  const tool = (call: ToolCall) =>
    new Promise<ReturnType<typeof toolResult>>((resolve, reject) => {
      open.tools.push({
        call,
        end(how) {
          if (how === "gone") reject(new ToolboxGone("killed", true));
          else resolve(toolResult(call, how, how === "fails"));
        },
      });
    });
  await using stage = await runStage({
    startWorker: ring1.start,
    config: ASKS,
    tools: { view: tool, create: tool },
  });
  const sessionId = stage.store.sessions.create({ title: "t", origin: "api" }).id;
  const accepted: string[] = [];
  let number = 0;
  for (const deed of deeds) {
    await act(deed, stage, sessionId, open, accepted, ++number);
    await settled();
  }
  await end(stage, sessionId, open);
  check(stage, sessionId, accepted);
}

async function act(
  deed: Deed,
  stage: RunStage,
  sessionId: string,
  { asks, tools }: Open,
  accepted: string[],
  number: number,
): Promise<void> {
  const run = stage.store.runs.active(sessionId);
  const runId = run?.id ?? "none";
  const decide = (action: Parameters<RunStage["runs"]["decide"]>[2][string], most: number) => {
    const pending = stage.store.calls.pending(sessionId).slice(0, most).map(({ callId }) => callId);
    return stage.runs.decide(sessionId, runId, Object.fromEntries(pending.map((id) => [id, action])), "api");
  };
  const send = async (kind: "steering" | "follow_up") => {
    await stage.runs.send(sessionId, runId, kind, `${kind} ${number}`);
    accepted.push(`${kind} ${number}`);
  };
  const ids = [`a${number}`, `b${number}`, `c${number}`] as const;
  const call = (tool: string, path: string) => [tool, { path: `${path}${number}` }] as const;
  const deeds: Record<Deed, () => unknown> = {
    async start() {
      await stage.begin({ sessionId, text: `start ${number}` });
      accepted.push(`start ${number}`);
    },
    "answer words": () => asks.shift()?.say({ kind: "text", delta: "wo" }, says(`words ${number}`)),
    "answer calls": () =>
      asks.shift()?.say(calls({ [ids[0]]: call("view", "x"), [ids[1]]: call("view", "y") })),
    "answer calls that ask": () =>
      asks.shift()?.say(calls({
        [ids[0]]: call("create", "x"),
        [ids[1]]: call("view", "y"),
        [ids[2]]: call("create", "z"),
      })),
    "answer failure": () =>
      asks.shift()?.say({ kind: "failed", reason: "model_error", error: "500", retryable: true }),
    "worker throws": () => asks.shift()?.fail("Uncaught"),
    "worker forges": () => asks.shift()?.say({ kind: "decided", id: "x" }),
    "tool answers": () => tools.shift()?.end("answers"),
    "tool fails": () => tools.shift()?.end("fails"),
    "tool is gone": () => tools.shift()?.end("gone"),
    steer: () => send("steering"),
    "follow up": () => send("follow_up"),
    accept: () => decide({ action: "accept" }, 1),
    reject: () => decide({ action: "reject", reason: "no" }, 1),
    "custom result": () => decide({ action: "custom_result", content: "42" }, 1),
    "accept all": () => decide({ action: "accept" }, 9),
    cancel: () => stage.runs.cancel(sessionId, runId),
    expire() {
      stage.temp.at = new Date(Date.parse(stage.temp.at) + 25 * 3_600_000).toISOString();
    },
    crash: () => stage.crash(),
    // More of what is under way happens before the next deed.
    breathe: () => new Promise((resolve) => setTimeout(resolve, 2)),
  };
  try {
    await deeds[deed]();
  } catch (error) {
    if (!((error as ApiError).status >= 400 && (error as ApiError).status < 500)) throw error;
  }
}

/** A few macrotasks, not all there are: so deeds come in the middle of things. */
const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

async function end(stage: RunStage, sessionId: string, { asks, tools }: Open): Promise<void> {
  await until("the end of what is left", async () => {
    asks.shift()?.say(says("the end"));
    tools.shift()?.end("answers");
    const run = stage.store.runs.active(sessionId);
    // Also those of services that are dead: they go on, and are told that their store is gone.
    if (asks.length + tools.length > 0) return false;
    if (run?.state === "waiting") await stage.runs.cancel(sessionId, run.id).catch(() => {});
    return run === undefined;
  });
}

function check(stage: RunStage, sessionId: string, accepted: readonly string[]): void {
  for (const [runId, one] of Object.entries(terminals(stage.store, sessionId))) {
    assert.deepEqual(one, { count: 1, last: true }, runId);
  }
  const sent = stage.sent.map(({ id }) => id);
  assert.equal(new Set(sent).size, sent.length, "a call was sent twice");
  const messages = stage.store.messages.all(sessionId);
  assert.deepEqual(unanswered(messages), []);
  const said = messages.flatMap((message) => message.role === "user" ? [message.text] : []);
  assert.deepEqual([...said].sort(), [...accepted].sort());
  assert.deepEqual(stage.runs.counts().waiting, 0);
  assert.deepEqual(stage.store.calls.pending(), []);
  const errors = stage.events(sessionId).flatMap((event) =>
    event.name === "run_error" ? [event.fields.reason] : []
  );
  assert.ok(!errors.includes("internal_error"), stage.log.join("\n"));
}

/** Calls without a result right behind them, results without a call, and empty messages. */
function unanswered(messages: readonly Message[]): string[] {
  return messages.flatMap((message, index) => {
    if (message.role === "user") return message.text === "" ? ["empty"] : [];
    const next = messages[index + 1];
    const before = messages[index - 1];
    if (message.role === "tool") return before?.role === "assistant" ? [] : ["results of nothing"];
    const ids = message.parts.flatMap((part) => part.type === "tool_call" ? [part.call.id] : []);
    const answers = next?.role === "tool" ? next.results.map(({ callId }) => callId) : [];
    return JSON.stringify(ids) === JSON.stringify(answers) ? [] : [`${ids} ≠ ${answers}`];
  });
}

test("each run ends exactly once, whatever happens and in whatever order", async () => {
  const deed = fc.constantFrom(...DEEDS);
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 25 }), (deeds) => play(["start", ...deeds])),
    { numRuns: runs(1_000), seed: SEED },
  );
});

test("each run ends exactly once where people, tools and crashes meet", async () => {
  const deed = fc.constantFrom<Deed>(
    "start",
    "answer calls that ask",
    "answer calls",
    "answer words",
    "tool answers",
    "accept",
    "accept all",
    "steer",
    "follow up",
    "cancel",
    "crash",
    "breathe",
    "expire",
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(deed, { minLength: 5, maxLength: 20 }),
      (deeds) => play(["start", "breathe", "answer calls that ask", "breathe", ...deeds]),
    ),
    { numRuns: runs(1_000), seed: SEED },
  );
});
