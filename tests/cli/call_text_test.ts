import assert from "node:assert/strict";
import { callLine, callText, indented, oneLine } from "../../src/cli/call_text.ts";
import { aCall } from "../fakes/run_records.ts";
import { test } from "../sanitized.ts";

test("callLine() cuts a long call, and shows nothing that would act on a terminal", () => {
  const line = callLine(aCall({ input: { command: `echo \x1b[2J\u202e${"x".repeat(500)}` } }));
  assert.match(line, /^stakpak__run_command \{"command":"echo \\u001b\[2J\\u\{202e\}x+…$/);
  assert.ok(line.length < 180);
});

test("callText() shows all of a call: where it runs, why it is asked, and its whole input", () => {
  const input = { command: "x".repeat(5_000), path: "a\nb\u202e" };
  const text = callText(aCall({ input }));
  assert.match(
    text,
    /^stakpak__run_command in the sandbox \(call_000000000001, profile default: auto_approve lacks "run_command"\)\n/,
  );
  assert.deepEqual(JSON.parse(text.slice(text.indexOf("\n"))), input);
  assert.doesNotMatch(text, /\u202e/);
});

test("callText() says that a call runs on this machine itself", () => {
  assert.match(
    callText(aCall({ place: "host" })),
    /^stakpak__run_command on this machine, outside the sandbox /,
  );
});

test("oneLine() counts characters, not units, and folds lines", () => {
  assert.equal(oneLine("a\nb", 3), "a b");
  assert.equal(oneLine("🙂🙂🙂", 3), "🙂🙂🙂");
  assert.equal(oneLine("🙂🙂🙂🙂", 3), "🙂🙂…");
});

test("indented() indents every line", () => {
  assert.equal(indented("a\nb"), "  a\n  b");
});
