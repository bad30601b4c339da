// deno-lint-ignore-file camelcase -- the fields are those of the wire
import assert from "node:assert/strict";
import { textOutput } from "../../src/cli/run_text.ts";
import { terminalOn } from "../../src/cli/terminal.ts";
import type { RunEvent } from "../../src/domain/run_event.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { aCall, anEvent, aRun } from "../fakes/run_records.ts";
import { test } from "../sanitized.ts";

function printed(events: readonly RunEvent[], isTerminal: boolean) {
  const host = fakeHost({ terminal: isTerminal });
  const output = textOutput(terminalOn(host, { color: false, redact: (text) => text }));
  for (const event of events) output.heard(anEvent(event));
  output.left({ run: aRun(), model: "m", calls: [], resume: "" });
  return { out: host.stdout(), err: host.stderr() };
}

const delta = (text: string): RunEvent => ({ name: "text_delta", fields: { delta: text } });
const complete = (text: string): RunEvent => ({ name: "text_complete", fields: { text } });
const proposed: RunEvent = {
  name: "tool_calls_proposed",
  fields: { tool_calls: [{ id: "t1", name: "stakpak__view", arguments: { path: "a" } }] },
};
const call = { tool_call_id: "t1", tool_name: "stakpak__view" };

test("textOutput() streams to a terminal, and ends the line once", () => {
  assert.deepEqual(printed([delta("Hel"), delta("lo"), complete("Hello")], true), {
    out: "Hello\n",
    err: "",
  });
  assert.deepEqual(printed([delta("Hello\n"), complete("Hello\n")], true), { out: "Hello\n", err: "" });
});

test("textOutput() gives a pipe whole texts: what was cut off and said again is there once", () => {
  const retry: RunEvent = {
    name: "retry_attempt",
    fields: { attempt: 1, delay_ms: 500, reason: "the stream\nwas cut" },
  };
  const events = [delta("Hel"), retry, delta("Hello"), complete("Hello")];
  assert.deepEqual(printed(events, false), {
    out: "Hello\n",
    err: "The model is asked again (1) in 500 ms: the stream was cut\n",
  });
  assert.equal(printed(events, true).out, "Hel\nHello\n");
});

test("textOutput() keeps tabs and lines of a text, and shows what would act on a terminal", () => {
  assert.equal(printed([complete("a:\n\tb\x1b[2J")], false).out, "a:\n\tb\\u{1b}[2J\n");
});

test("textOutput() says on stderr which tools run, and which failed or were refused", () => {
  const events: RunEvent[] = [
    {
      name: "run_started",
      fields: { profile: "p", model: "m", tools: "none", workspace_files: [], notes: ["No tools"] },
    },
    proposed,
    { name: "tool_execution_started", fields: call },
    { name: "tool_execution_completed", fields: { ...call, result: "NOT_FOUND\nno file", is_error: true } },
    { name: "tool_rejected", fields: { ...call, reason: "add it to auto_approve" } },
    { name: "user_message", fields: { kind: "steering", text: "stop" } },
  ];
  assert.deepEqual(printed(events, false), {
    out: "",
    err:
      'No tools\n→ stakpak__view {"path":"a"}\n  failed: NOT_FOUND no file\n✗ stakpak__view {"path":"a"}\n' +
      "  add it to auto_approve\n> stop\n",
  });
});

test("textOutput() is silent about a call that succeeds: its result is the model's to tell", () => {
  const done: RunEvent = {
    name: "tool_execution_completed",
    fields: { ...call, result: "x", is_error: false },
  };
  assert.deepEqual(printed([done], false), { out: "", err: "" });
});

test("textOutput() knows what a run that goes on had proposed before", () => {
  const host = fakeHost();
  const output = textOutput(terminalOn(host, { color: false, redact: (text) => text }));
  output.resumes?.([aCall({ callId: "t1", tool: "stakpak__view", input: { path: "a" } })]);
  output.heard(anEvent({ name: "tool_execution_started", fields: call }));
  assert.equal(host.stderr(), '→ stakpak__view {"path":"a"}\n');
});
