/**
 * What holds for every session, whatever happened in it: its events, its records and its conversation tell one story.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { Message } from "../../src/domain/message.ts";
import { type RunEventFields, type RunEventName, TERMINAL_EVENTS } from "../../src/domain/run_event.ts";
import { addUsage, NO_USAGE } from "../../src/domain/usage.ts";
import type { StoredEvent } from "../../src/server/records.ts";
import type { Store } from "../../src/server/store.ts";
import type { SeenEvent } from "./event_reader.ts";

const ALL = 1_000_000;
const SETTLED = ["done", "rejected", "cancelled", "unknown"];

/** @param seen what a client was told that followed the session from its first event on */
export function checkSession(store: Store, sessionId: string, seen?: readonly SeenEvent[]): void {
  const events = store.events.after(sessionId, 0, ALL);
  assert.deepEqual(events.map(({ id }) => id), events.map((_, index) => index + 1), "ids are without gaps");
  if (seen) {
    const told = ({ id, runId, event }: StoredEvent) => ({ id, runId: runId ?? null, ...event });
    assert.deepEqual(seen, JSON.parse(JSON.stringify(events.map(told))), "a client is told what is kept");
  }
  const runs = [...new Set(events.map(({ runId }) => runId))].filter((id) => id !== undefined);
  for (const runId of runs) checkRun(store, runId, events.filter((event) => event.runId === runId));
  checkConversation(store.messages.all(sessionId), store.runs.active(sessionId) !== undefined);
  if (!store.runs.active(sessionId)) {
    assert.deepEqual(store.calls.pending(sessionId), [], "nothing is pending where nothing runs");
  }
}

function checkRun(store: Store, runId: string, events: readonly StoredEvent[]): void {
  const run = store.runs.get(runId);
  assert.ok(run, `there is a run ${runId}`);
  const ends = events.filter(({ event }) => TERMINAL_EVENTS.has(event.name));
  if (!run.end) return assert.deepEqual(ends, [], "a run that has not ended has no terminal event");
  assert.equal(ends.length, 1, `one terminal event, not ${ends.map(({ event }) => event.name)}`);
  assert.equal(events.at(-1), ends[0], `nothing follows the end: ${events.map(({ event }) => event.name)}`);
  const end = ends[0]!.event;
  const starts = events.filter(({ event }) => event.name === "run_started").length;
  assert.ok(
    starts <= 1 && (starts === 0 || events[0]!.event.name === "run_started"),
    "it begins with run_started",
  );
  if (end.name === "run_error") {
    assert.ok("failed" in run.end && run.state === "failed", "the record fails as the event says");
    assert.deepEqual([run.end.failed, run.end.retryable], [end.fields.reason, end.fields.retryable]);
    assert.ok(end.fields.error.length > 0, "a failure says why");
  } else if (end.name === "run_completed") {
    assert.ok("stopped" in run.end, "the record ends as the event says");
    assert.deepEqual([run.end.stopped, run.turns], [end.fields.stop_reason, end.fields.total_turns]);
    assert.equal(run.state, end.fields.stop_reason === "cancelled" ? "cancelled" : "completed");
    assert.equal(end.fields.total_usage.prompt_tokens, run.usage.inputTokens);
    assert.equal(end.fields.total_usage.completion_tokens, run.usage.outputTokens);
  }
  checkUsage(run.usage, of(events, "usage_report").map(({ usage }) => usage));
  checkTurns(events, run.turns);
  for (let turn = 1; turn <= run.turns; turn++) checkCalls(store, runId, turn, events);
}

/** The fields of all events of one name. */
function of<Name extends RunEventName>(events: readonly StoredEvent[], name: Name): RunEventFields[Name][] {
  return events.filter(({ event }) => event.name === name).map(({ event }) =>
    event.fields as RunEventFields[Name]
  );
}

/** What was told turn by turn is part of the whole; an answer that was cut counts, and is told nowhere else. */
function checkUsage(total: typeof NO_USAGE, told: readonly RunEventFields["usage_report"]["usage"][]): void {
  const sum = told.map(({ prompt_tokens: inputTokens, completion_tokens: outputTokens }) => ({
    ...NO_USAGE,
    inputTokens,
    outputTokens,
  })).reduce(addUsage, NO_USAGE);
  assert.ok(
    sum.inputTokens <= total.inputTokens && sum.outputTokens <= total.outputTokens,
    "the usage adds up",
  );
}

/** Turns begin one after the other, and each ends before the next begins. */
function checkTurns(events: readonly StoredEvent[], turns: number): void {
  let [began, ended] = [0, 0];
  for (const { event } of events) {
    if (event.name === "turn_started") {
      assert.equal(event.fields.turn, ++began, "turns count from 1");
      assert.equal(ended, began - 1, "a turn ends before the next begins");
    }
    if (event.name === "turn_completed") assert.equal(event.fields.turn, ++ended, "a turn ends once");
  }
  assert.equal(began, turns, "the record counts the turns that began");
  assert.ok(ended === began || ended === began - 1, "turns end");
}

/** Every call was proposed, and has one end that everybody agrees on. */
function checkCalls(store: Store, runId: string, turn: number, events: readonly StoredEvent[]): void {
  const calls = store.calls.ofTurn(runId, turn);
  assert.deepEqual(
    calls.map(({ position }) => position),
    calls.map((_, index) => index),
    "calls are in order",
  );
  const begin = events.findIndex(({ event }) => event.name === "turn_started" && event.fields.turn === turn);
  const next = events.findIndex(({ event }) =>
    event.name === "turn_started" && event.fields.turn === turn + 1
  );
  const within = events.slice(begin, next < 0 ? undefined : next);
  const proposed = of(within, "tool_calls_proposed").flatMap(({ tool_calls: told }) => told);
  assert.deepEqual(
    // No text of the store holds a NUL.
    proposed.map(({ id, name }) => [id, name.replaceAll("\0", "\ufffd")]),
    calls.map(({ callId, tool }) => [callId, tool]),
    "what was proposed is what is kept",
  );
  assert.equal(
    new Set(calls.map(({ callId }) => callId)).size,
    calls.length,
    "the calls of a turn are told apart",
  );
  for (const call of calls) {
    assert.ok(SETTLED.includes(call.state), `${call.tool} is ${call.state}`);
    const mine = <T extends { tool_call_id: string }>(told: T[]) =>
      told.filter(({ tool_call_id: id }) => id === call.callId);
    const started = mine(of(within, "tool_execution_started"));
    const completed = mine(of(within, "tool_execution_completed"));
    const rejected = mine(of(within, "tool_rejected"));
    assert.ok(started.length <= 1, "a call begins once");
    assert.equal(completed.length + rejected.length, 1, `${call.tool} (${call.state}) has one end`);
    if (call.state === "done" && started.length > 0) {
      assert.deepEqual([completed[0]?.is_error], [call.isError], "a result is told as it was");
    }
    if (call.state === "rejected") assert.equal(started.length, 0, "what is rejected never begins");
  }
}

/** Whatever was interrupted: each call has its answer, in order, and nothing is empty. */
function checkConversation(messages: readonly Message[], active: boolean): void {
  for (const [index, message] of messages.entries()) {
    const next = messages[index + 1];
    if (message.role === "user") assert.ok(message.text.trim() !== "", "the user said something");
    if (message.role === "assistant") {
      const calls = message.parts.flatMap((part) => part.type === "tool_call" ? [part.call.id] : []);
      if (calls.length > 0 && (next || !active)) {
        assert.equal(next?.role, "tool", "answers follow calls");
        assert.deepEqual(
          next?.role === "tool" && next.results.map(({ callId }) => callId),
          calls,
          "each is answered",
        );
      }
      assert.ok(message.parts.length > 0, "an answer has something in it");
    }
    if (message.role === "tool") {
      assert.equal(messages[index - 1]?.role, "assistant", "answers follow the calls");
      assert.ok(message.results.every(({ text }) => text.trim() !== ""), "no answer is empty");
    }
  }
}
