import assert from "node:assert/strict";
import { RUN_FORMATS, runOutput } from "../../src/cli/run_output.ts";
import { terminalOn } from "../../src/cli/terminal.ts";
import type { RunEvent } from "../../src/domain/run_event.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { anEvent, aRun, RUN } from "../fakes/run_records.ts";
import { test } from "../sanitized.ts";

const EVENTS: readonly RunEvent[] = [
  { name: "text_delta", fields: { delta: "a\u202e\n" } },
  { name: "text_complete", fields: { text: "first" } },
  { name: "text_complete", fields: { text: "last" } },
];

function printed(format: typeof RUN_FORMATS[number]): string {
  const host = fakeHost();
  const output = runOutput(format, terminalOn(host, { color: false, redact: (text) => text }));
  EVENTS.forEach((event, index) => output.heard(anEvent(event, index + 1)));
  output.left({ run: aRun(), model: "m", calls: [], resume: "" });
  assert.equal(host.stderr(), "");
  return host.stdout();
}

test("runOutput() json is one document, with what the model said last", () => {
  const { schema, status, text } = JSON.parse(printed("json"));
  assert.deepEqual([schema, status, text], [1, "completed", "last"]);
});

test("runOutput() stream-json is every event in a line, as the API has it", () => {
  const lines = printed("stream-json").trimEnd().split("\n");
  const events = lines.map((line) => JSON.parse(line));
  assert.deepEqual(events.map(({ id }) => id), [1, 2, 3]);
  assert.deepEqual(events[0].event, { TextDelta: { run_id: RUN, delta: "a\u202e\n" } });
  assert.doesNotMatch(lines[0]!, /\u202e/);
});

test("runOutput() text is what the model said", () => {
  assert.equal(printed("text"), "first\nlast\n");
});

test("runOutput() knows three formats", () => {
  assert.deepEqual(RUN_FORMATS, ["text", "json", "stream-json"]);
});
