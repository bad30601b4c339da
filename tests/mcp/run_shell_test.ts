import assert from "node:assert/strict";
import type { Host } from "../../src/host/host.ts";
import { CommandNotFound } from "../../src/host/inspection.ts";
import { outputLog } from "../../src/mcp/output_log.ts";
import { runShell } from "../../src/mcp/run_shell.ts";
import { test } from "../sanitized.ts";
import { workspace } from "./workspace.ts";

const never = new AbortController().signal;

test("runShell() keeps both streams in the order in which they were printed", async () => {
  await using work = await workspace();
  await using log = outputLog(work.scope, "test");
  const command = "for i in 1 2 3 4 5 6 7 8 9; do echo out $i; echo err $i >&2; done; exit 7";
  const end = await runShell(work.scope, { command, timeoutSeconds: undefined, log, signal: never });
  assert.deepEqual(end, { code: 7, timedOut: false, notes: [] });
  assert.equal(
    log.shown(),
    [1, 2, 3, 4, 5, 6, 7, 8, 9].map((i) => `out ${i}\nerr ${i}`).join("\n"),
  );
});

test("runShell() gives the command to the shell as it is written", async () => {
  await using work = await workspace();
  await using log = outputLog(work.scope, "test");
  const command = `# a comment\ncat <<'EOF'\n$0 "quoted" 'twice' \\back\nEOF\necho $0 $# $PWD`;
  await runShell(work.scope, { command, timeoutSeconds: undefined, log, signal: never });
  assert.equal(log.shown(), `$0 "quoted" 'twice' \\back\nsh 0 ${work.path}`);
});

test("runShell() shows what the shell says of a command that it cannot read", async () => {
  await using work = await workspace();
  await using log = outputLog(work.scope, "test");
  const options = { timeoutSeconds: undefined, log, signal: never };
  assert.equal((await runShell(work.scope, { ...options, command: "if" })).code, 2);
  assert.match(log.shown(), /[Ss]yntax error/);
});

test("runShell() ends the group at the timeout and keeps what was printed", async () => {
  await using work = await workspace();
  await using log = outputLog(work.scope, "test");
  const command = "trap 'echo bye; exit 3' TERM; printf 'half a li'; sleep 1000 & wait";
  const end = await runShell(work.scope, { command, timeoutSeconds: 1, log, signal: never });
  assert.deepEqual(end, { code: -1, timedOut: true, notes: ["Command timed out after 1 seconds"] });
  assert.equal(log.shown(), "half a libye");
});

test("runShell() rejects with the signal's reason when that aborts", async () => {
  await using work = await workspace();
  await using log = outputLog(work.scope, "test");
  const stop = new AbortController();
  const onText = () => stop.abort(new Error("enough"));
  const options = { command: "echo here; sleep 1000", timeoutSeconds: 60, log, signal: stop.signal, onText };
  await assert.rejects(runShell(work.scope, options), { message: "enough" });
  assert.equal(log.shown(), "here");
});

/** As on macOS, and in the smallest images. */
const withoutSetsid = (host: Host): Host => ({
  ...host,
  stream: (argv, ...rest) =>
    argv[0] === "setsid" ? Promise.reject(new CommandNotFound("setsid")) : host.stream(argv, ...rest),
});

const WAYS = { "by setsid": (host: Host) => host, "without it": withoutSetsid };
for (const [way, change] of Object.entries(WAYS)) {
  test(`runShell() gives a command a process group of its own, ${way}`, async () => {
    await using work = await workspace(change);
    await using log = outputLog(work.scope, "test");
    // Without a group of its own this would be the end of us.
    const options = { command: "kill -s KILL 0", timeoutSeconds: undefined, log, signal: never };
    assert.equal((await runShell(work.scope, options)).code, 128 + 9);
  });
}
