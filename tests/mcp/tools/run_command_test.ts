import assert from "node:assert/strict";
import { runCommand } from "../../../src/mcp/tools/run_command.ts";
import { test } from "../../sanitized.ts";
import { workspace } from "../workspace.ts";

test("run_command gives the output, in the workspace, or says that there is none", async () => {
  await using work = await workspace();
  assert.deepEqual(await work.call(runCommand, { command: "pwd; echo err >&2" }), {
    text: `${work.path}\nerr`,
  });
  assert.deepEqual(await work.call(runCommand, { command: "true" }), { text: "No output" });
});

test("run_command says the exit code of a failure, behind the output or alone", async () => {
  await using work = await workspace();
  assert.deepEqual(await work.call(runCommand, { command: "echo no; exit 10", description: "fails" }), {
    code: "COMMAND_FAILED",
    text: "no\nCommand exited with code 10",
  });
  assert.deepEqual(await work.call(runCommand, { command: "kill -TERM $$" }), {
    code: "COMMAND_FAILED",
    text: "Command exited with code 143",
  });
});

test("run_command keeps what a command printed until its timeout", async () => {
  await using work = await workspace();
  assert.deepEqual(await work.call(runCommand, { command: "echo begun; sleep 1000", timeout: 1 }), {
    code: "COMMAND_FAILED",
    text: "begun\nCommand timed out after 1 seconds\nCommand exited with code -1",
  });
});

test("run_command ends a command that is cancelled", async () => {
  await using work = await workspace();
  const stop = new AbortController();
  const context = { ...work.context(stop.signal), progress: () => stop.abort() };
  assert.deepEqual(await runCommand.run({ command: "echo begun; sleep 1000" }, context), {
    code: "COMMAND_CANCELLED",
    text: "begun\nCommand execution was cancelled",
  });
});

test("run_command says why a command cannot start", async () => {
  await using work = await workspace();
  const { code, text } = await work.call(runCommand, { command: "x".repeat(300_000) });
  assert.equal(code, "COMMAND_ERROR");
  assert.match(text, /^Cannot run the command: .*too long/);
});

test("run_command tells the newest line while it runs", async () => {
  await using work = await workspace();
  await work.call(runCommand, { command: "printf 'one\\ntwo\\n\\n'" });
  assert.deepEqual(work.progress, ["two"]);
});

test("run_command gives plain text for colours and bytes that are not UTF-8", async () => {
  await using work = await workspace();
  const { text } = await work.call(runCommand, { command: "printf '\\033[31mred\\033[0m \\377\\000 end'" });
  assert.equal(text, "red \ufffd end");
});

test("run_command saves 300 lines to a file in the workspace and gives their end", async () => {
  await using work = await workspace();
  const { text } = await work.call(runCommand, { command: "seq 1 1000; exit 3" });
  const path = /^Showing the last 300 \/ 1000 output lines. Full output saved to (\S+)\n\.\.\.\n701\n/.exec(
    text,
  )?.[1];
  assert.match(text, /\n1000\nCommand exited with code 3$/);
  const saved = await Deno.readTextFile(path!);
  assert.equal(saved.split("\n").length, 1001);
  assert.ok(path!.startsWith(`${work.path}/.stakpak/session/`));
});

test("run_command needs no more memory for 300 MB than for a line, and keeps what a disk can bear", async () => {
  await using work = await workspace();
  const before = Deno.memoryUsage().rss;
  let most = 0;
  const context = { ...work.context(), progress: () => void (most = Math.max(most, Deno.memoryUsage().rss)) };
  const { text } = await runCommand.run({ command: "yes abcdefghi | head -c 300000000" }, context);
  const path =
    /^Showing the last 300 \/ 30000000 output lines. First \d+ bytes of the output saved to (\S+)\n/
      .exec(text)?.[1];
  const { size } = await Deno.stat(path!);
  assert.ok(size >= 256 * 1024 * 1024 && size < 257 * 1024 * 1024, `${size} bytes saved`);
  assert.ok(most - before < 150_000_000, `${most - before} bytes more`);
});

test("run_command does not know the server's environment", async () => {
  Deno.env.set("STAKPAK_API_KEY", "must-not-be-inherited");
  try {
    await using work = await workspace();
    const { text } = await work.call(runCommand, { command: "env" });
    assert.doesNotMatch(text, /must-not-be-inherited/);
    assert.match(text, /^DEBIAN_FRONTEND=noninteractive$/m);
  } finally {
    Deno.env.delete("STAKPAK_API_KEY");
  }
});

test("run_command refuses fields that it does not know", async () => {
  await using work = await workspace();
  const { code, text } = await work.call(runCommand, { command: "true", cwd: "/" });
  assert.equal(code, "INVALID_ARGUMENTS");
  assert.match(text, /unknown field "cwd"/);
});
