import assert from "node:assert/strict";
import type { RunLeft } from "../../src/cli/run_document.ts";
import { sayHowItIsLeft } from "../../src/cli/run_left.ts";
import { terminalOn } from "../../src/cli/terminal.ts";
import type { RunEnd } from "../../src/domain/run_end.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { aCall, aRun, SESSION } from "../fakes/run_records.ts";
import { test } from "../sanitized.ts";

function said(end: RunEnd | undefined, change: Partial<RunLeft> = {}) {
  const host = fakeHost();
  const terminal = terminalOn(host, { color: false, redact: (text) => text });
  const left = { run: aRun({ end }), model: "m", calls: [], resume: "go on", ...change };
  const code = sayHowItIsLeft(terminal, left);
  assert.equal(host.stdout(), "");
  return [code, host.stderr()];
}

test("sayHowItIsLeft() ends with 0 for a run that is done, and names its session", () => {
  assert.deepEqual(said({ stopped: "completed" }), [0, `session ${SESSION}, 2 turns, 1234 tokens\n`]);
});

test("sayHowItIsLeft() ends with 1 for what was not done, and says how to go on", () => {
  assert.deepEqual(said({ stopped: "cancelled" }), [
    1,
    `Cancelled (session ${SESSION}, 2 turns, 1234 tokens)\n`,
  ]);
  const [code, text] = said({ stopped: "max_turns" });
  assert.equal(code, 1);
  assert.match(
    String(text),
    /^error: Cannot finish the run: it took as many turns as it may \(.*2 turns.*\nhint: stakpak run --session /,
  );
});

test("sayHowItIsLeft() ends with 1 for a failed run, with the reason and what helps", () => {
  assert.deepEqual(said({ failed: "sandbox_unavailable", error: "no Docker", retryable: true }), [
    1,
    "error: Cannot finish the run (sandbox_unavailable): no Docker\nhint: stakpak doctor --live\n",
  ]);
  const [, text] = said({ failed: "internal_error", error: "oops", retryable: false });
  assert.match(String(text), new RegExp(`hint: stakpak sessions show ${SESSION}\n$`));
});

test("sayHowItIsLeft() ends with 10 for a paused run, with each call, its rule, and the command that goes on", () => {
  assert.deepEqual(said(undefined, { calls: [aCall()] }), [
    10,
    'Paused: a call waits for approval\n  call_000000000001  stakpak__run_command {"command":"ls"}\n' +
    '    auto_approve lacks "run_command"\nTo approve and go on:\n  go on\n',
  ]);
  assert.match(
    String(said(undefined, { calls: [aCall(), aCall()] })[1]),
    /^Paused: 2 calls wait for approval\n/,
  );
});
