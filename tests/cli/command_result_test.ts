import { deepEqual, throws } from "node:assert/strict";
import { commandResult } from "../../src/cli/command_result.ts";
import { UserError } from "../../src/domain/error.ts";
import { runCommand } from "../../src/mcp/tools/run_command.ts";
import { startToolCalls } from "../../src/mcp/tool_calls.ts";
import { denoHost } from "../../src/host/deno_host.ts";
import { test } from "../sanitized.ts";

/** As the tool itself says it, and the client joins it. */
async function run(command: string) {
  const workspace = await Deno.makeTempDir();
  const calls = startToolCalls({ tools: [runCommand], host: denoHost([]), workspace, log() {} });
  const { code, text } = await calls.call(
    "run_command",
    { command },
    new AbortController().signal,
    () => {},
  )!;
  await calls.stop();
  await Deno.remove(workspace, { recursive: true });
  const isError = code !== undefined;
  return { callId: "1", text: isError ? `${code}\n${text}` : text, isError };
}

test("a command's output and exit code are read out of what run_command says", async () => {
  deepEqual(commandResult(await run("echo a; echo b")), { output: "a\nb", code: 0 });
  deepEqual(commandResult(await run("true")), { output: "", code: 0 });
  deepEqual(commandResult(await run("echo a; echo b >&2; exit 7")), { output: "a\nb", code: 7 });
  deepEqual(commandResult(await run("exit 3")), { output: "", code: 3 });
  deepEqual(commandResult(await run("echo 'Command exited with code 9'; exit 3")), {
    output: "Command exited with code 9",
    code: 3,
  });
});

test("a command that did not come to its end is an error that says what happened", () => {
  throws(
    () =>
      commandResult({
        callId: "1",
        text: "TOOL_CALL_TIMED_OUT\nNo answer within 5 s: cancelled",
        isError: true,
      }),
    (error) =>
      error instanceof UserError && /TOOL_CALL_TIMED_OUT/.test(error.message) && error.exitCode === 1,
  );
});
