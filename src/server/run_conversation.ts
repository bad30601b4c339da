/**
 * A run, turn by turn: ask the model, carry out its calls, until it has nothing more to call, a limit is reached, or
 * all that is left to do waits for people. A turn ends in one transaction with what comes after it: the next turn, or
 * the run's end.
 *
 * @module
 */
import type { AssistantPart } from "../domain/message.ts";
import type { RunEnd } from "../domain/run_end.ts";
import type { RunEventFields } from "../domain/run_event.ts";
import { appendResults } from "./call_states.ts";
import type { LiveRun } from "./live_run.ts";
import { askedCalls, proposeCalls, type Proposing } from "./propose_calls.ts";
import type { CallRecord, RunRecord } from "./records.ts";
import { redactAnswer } from "./redact_answer.ts";
import { repeatedFailures } from "./repeated_failures.ts";
import type { RunModel } from "./run_model.ts";
import type { RunSetup } from "./run_setup.ts";
import type { SessionTools } from "./session_tools.ts";
import { settleRun } from "./settle_run.ts";
import { takeInputs } from "./take_inputs.ts";
import { toolTurn } from "./tool_turn.ts";
import { usageJson } from "./usage_json.ts";

export interface Conversation {
  readonly live: LiveRun;
  readonly setup: RunSetup;
  readonly tools: SessionTools;
  /** The full names of all tools that there are. */
  readonly names: readonly string[];
  readonly model: RunModel;
}

/**
 * Goes on where the run is: a turn was just started, or (`resumed`) its calls are under way. Rejects with `RunOver`, or
 * the signal's reason: the run is not settled then.
 */
export async function converse(parts: Conversation, resumed: boolean): Promise<"ended" | "parked"> {
  try {
    return await turnByTurn(parts, resumed);
  } finally {
    parts.model.spend();
  }
}

async function turnByTurn(
  { live, setup, tools, names, model }: Conversation,
  resumed: boolean,
): Promise<"ended" | "parked"> {
  const { store } = live.parts;
  const failures = repeatedFailures();
  const proposing: Proposing = { setup, tools: names };
  const earlier = callsBefore(live);
  for (const calls of earlier.slice(0, -1)) failures.count(calls);
  const ids = new Set(earlier.flat().map(({ callId }) => callId));
  for (let underWay = resumed;; underWay = false) {
    const before = underWay ? goesOn(live) : await modelTurn(live, model, proposing, ids);
    if (before === "completed") return "ended";
    if (before === "continued") continue;
    const after = await toolTurn(live, tools, {
      first: before,
      last(run, calls) {
        appendResults(store, live.sessionId, calls);
        completeTurn(live, run, "tool_calls");
        const failing = failures.count(calls);
        if (!failing) return startTurn(live, run, setup);
        const error = `The same call of ${failing.tool} failed three times, one after the other`;
        return !end(live, { failed: "repeated_failure", error, retryable: false });
      },
    });
    if (after === "parked") return "parked";
    if (!after.last) return "ended";
  }
}

/** Within `live.write`: begins the run's next turn. Answers false when it has had them all, and is ended. */
export function startTurn(
  live: LiveRun,
  { turns }: RunRecord,
  { config }: Pick<RunSetup, "config">,
): boolean {
  takeInputs(live.parts.store, live, ["steering"]);
  if (turns >= config.maxTurns) return !end(live, { stopped: "max_turns" });
  live.parts.store.runs.update(live.id, { turns: turns + 1 });
  live.emit({ name: "turn_started", fields: { turn: turns + 1 } });
  return true;
}

/** Asks the model. Where it has calls, they are recorded by what this resolves to; `ids` are those of all calls of the run. */
async function modelTurn(
  live: LiveRun,
  model: RunModel,
  proposing: Proposing,
  ids: Set<string>,
): Promise<"completed" | "continued" | ((run: RunRecord) => void)> {
  const { answer, text, usage } = await model.ask();
  using told = text;
  const parts = redactAnswer(answer.parts, live.redactor, ids);
  const calls = askedCalls(parts);
  for (const { callId } of calls) ids.add(callId);
  const record = (run: RunRecord) => {
    model.spend();
    live.emit(...told.rest());
    if (parts.length > 0) live.append({ role: "assistant", parts });
    // Parts that hold no secret may hold one together.
    const whole = live.redactor.redact(textOf(parts));
    if (whole !== "") live.emit({ name: "text_complete", fields: { text: whole } });
    live.emit({ name: "usage_report", fields: { turn: run.turns, usage: usageJson(usage) } });
  };
  if (calls.length > 0) {
    return (run) => {
      record(run);
      proposeCalls(live, run, calls, proposing);
    };
  }
  return live.write((run) => {
    record(run);
    completeTurn(live, run, answer.finish === "max_output_tokens" ? "max_output_tokens" : "stop");
    const more = takeInputs(live.parts.store, live, ["steering", "follow_up"]);
    if (!more) return end(live, { stopped: "completed" }) && "completed";
    return startTurn(live, run, proposing.setup) ? "continued" : "completed";
  });
}

/** The run was parked in the middle of this turn. */
function goesOn(live: LiveRun): () => void {
  return () => live.parts.store.runs.update(live.id, { state: "running" });
}

/** The calls of each turn that the run has begun. */
function callsBefore({ parts: { store }, id }: LiveRun): CallRecord[][] {
  const turns = store.runs.get(id)?.turns ?? 0;
  return Array.from({ length: turns }, (_, before) => store.calls.ofTurn(id, before + 1));
}

function completeTurn(
  live: LiveRun,
  { turns: turn }: RunRecord,
  finish: RunEventFields["turn_completed"]["finish_reason"],
): void {
  live.emit({ name: "turn_completed", fields: { turn, finish_reason: finish } });
}

function end(live: LiveRun, how: RunEnd): true {
  settleRun(live.parts.store, live.id, how, { turnCompleted: true });
  return true;
}

function textOf(parts: readonly AssistantPart[]): string {
  return parts.map((part) => part.type === "text" ? part.text : "").join("");
}
