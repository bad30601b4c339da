import assert from "node:assert/strict";
import { askApproval } from "../../src/cli/ask_approval.ts";
import { terminalOn } from "../../src/cli/terminal.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { aCall } from "../fakes/run_records.ts";
import { test } from "../sanitized.ts";

const NEVER = new AbortController().signal;

function asked(stdin: string, signal = NEVER) {
  const host = fakeHost({ terminal: true, stdin });
  const terminal = terminalOn(host, {
    color: false,
    redact: (text) => text.replaceAll("hunter22", "[gone]"),
  });
  const call = aCall({ input: { command: "rm -rf hunter22" } });
  return { host, decision: askApproval(terminal, call, signal) };
}

const ANSWERS: readonly [string, unknown][] = [
  ["y\n", { action: "accept" }],
  [" YES \n", { action: "accept" }],
  ["n\n", { action: "reject" }],
  ["no\n", { action: "reject" }],
  ["n, use df instead\n", { action: "reject", reason: "use df instead" }],
  ["No: too much\n", { action: "reject", reason: "too much" }],
  ["what?\n\ny\n", { action: "accept" }],
  ["yes but\nnope\nn\n", { action: "reject" }],
  ["", undefined],
  ["a\nb\nc\nd\ne\ny\n", undefined],
];

for (const [typed, decision] of ANSWERS) {
  test(`askApproval() takes ${JSON.stringify(typed)} for ${JSON.stringify(decision)}`, async () => {
    assert.deepEqual(await asked(typed).decision, decision);
  });
}

test("askApproval() shows the whole call, redacted, before it asks", async () => {
  const { host, decision } = asked("n\n");
  await decision;
  assert.match(
    host.stderr(),
    /stakpak__run_command in the sandbox .*\n {2}\{\n.*"rm -rf \[gone\]"\n[^]*Allow it\?/,
  );
  assert.equal(host.stdout(), "");
});

test("askApproval() stops asking when its signal aborts", async () => {
  await assert.rejects(asked("y\n", AbortSignal.abort(new Error("decided elsewhere"))).decision, /elsewhere/);
});
