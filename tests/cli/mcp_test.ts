/**
 * `stakpak mcp start` in a process of its own, with no more rights than the table gives.
 *
 * @module
 */
import { deepEqual, doesNotMatch, equal, match, ok, rejects } from "node:assert/strict";
import { ToolboxGone } from "../../src/domain/toolbox.ts";
import { TOOLS } from "../../src/mcp/registry.ts";
import { startBox } from "../mcp/started_box.ts";
import { test } from "../sanitized.ts";
import { launcher } from "./launcher.ts";

const never = new AbortController().signal;
const call = (name: string, input: unknown) => ({ id: "1", name: `stakpak__${name}`, input });

/** Whether a process is there, its zombie not counted. */
async function isAlive(pid: number): Promise<boolean> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`).catch(() => "State:\tZ");
  return !/^State:\tZ/m.test(status);
}

/** The pid that a command wrote into its workspace, as soon as it is there. */
async function pidIn(path: string): Promise<number> {
  for (;;) {
    const text = await Deno.readTextFile(path).catch(() => "");
    if (text.endsWith("\n")) return Number(text);
  }
}

test("a box serves every tool on the socket that it is told, and a command runs in its folder", async () => {
  await using box = await startBox();
  equal(box.said, `MCP server started at https://${box.folder}/mcp.sock/mcp`);
  deepEqual(
    (await box.toolbox.list(never)).map(({ name }) => name),
    TOOLS.map(({ name }) => `stakpak__${name}`),
  );
  const { text, isError } = await box.toolbox.call(call("run_command", { command: "pwd" }), {
    signal: never,
  });
  deepEqual({ text: text.trim(), isError }, { text: box.folder, isError: false });
});

test("a box serves on a port where no socket is named, and a command sees none of its environment", async () => {
  await using box = await startBox({ STAKPAK_MCP_SOCKET: "", STAKPAK_API_KEY: "not-for-boxes" });
  match(box.said, /^MCP server started at https:\/\/(127\.0\.0\.1|0\.0\.0\.0):\d+\/mcp$/);
  const { text } = await box.toolbox.call(call("run_command", { command: "env" }), { signal: never });
  doesNotMatch(text, /STAKPAK_API_KEY|STAKPAK_MCP|CERTIFICATE/);
});

for (const name of ["SIGINT", "SIGTERM"] as const) {
  test(`${name} ends a box within two seconds, with a command that ignores signals and what that started`, async () => {
    await using box = await startBox();
    // Both ignore TERM; the second is a grandchild.
    const stubborn =
      "trap '' TERM INT; echo $$ > one; sh -c 'echo $$ > two.tmp; mv two.tmp two; sleep 60'; sleep 60";
    const running = rejects(
      box.toolbox.call(call("run_command", { command: stubborn }), { signal: never }),
      ToolboxGone,
    );
    const pids = [await pidIn(`${box.folder}/one`), await pidIn(`${box.folder}/two`)];
    deepEqual(await Promise.all(pids.map(isAlive)), [true, true]);
    const { code, tookMs } = await box.signal(name);
    equal(code, 130);
    ok(tookMs < 2_000, `${tookMs} ms`);
    deepEqual(await Promise.all(pids.map(isAlive)), [false, false]);
    await running;
  });
}

test("SIGTERM ends background tasks too", async () => {
  await using box = await startBox();
  const command = "echo $$ > task.tmp; mv task.tmp task; sleep 60";
  await box.toolbox.call(call("run_command_task", { command }), { signal: never });
  const pid = await pidIn(`${box.folder}/task`);
  await box.signal("SIGTERM");
  equal(await isAlive(pid), false);
});

test("a cancelled call ends the command's whole process group, and the box goes on", async () => {
  await using box = await startBox();
  const ending = new AbortController();
  const command = "sh -c 'echo $$ > child.tmp; mv child.tmp child; sleep 60'; sleep 60";
  const running = rejects(
    box.toolbox.call(call("run_command", { command }), { signal: ending.signal }),
    /enough/,
  );
  const pid = await pidIn(`${box.folder}/child`);
  ending.abort(new Error("enough"));
  await running;
  const { text } = await box.toolbox.call(
    call("run_command", { command: `while kill -0 ${pid}; do sleep 0.05; done 2> /dev/null; echo gone` }),
    { signal: never, deadlineMs: 10_000 },
  );
  equal(text.trim(), "gone");
});

test("--stdio --on-this-machine serves one client, says that it is no box, and redacts what comes out", async () => {
  const { command, denoDir } = launcher();
  const folder = await Deno.realPath(await Deno.makeTempDir());
  const [program, ...args] = [...command, "mcp", "start", "--stdio", "--on-this-machine"];
  const key = "sk-ant-api03-Zq8rT2vWx5yB7cD9eF1gH3jK4mN6pQ8s";
  const child = new Deno.Command(program!, {
    args,
    cwd: folder,
    clearEnv: true,
    env: { HOME: folder, PATH: Deno.env.get("PATH")!, DENO_DIR: denoDir, ANTHROPIC_API_KEY: key },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const initialize = {
    method: "initialize",
    params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "test", version: "0" } },
  };
  const params = {
    name: "run_command",
    arguments: { command: `echo it is ${key}; pwd` },
  };
  const writer = child.stdin.getWriter();
  const say = (message: object) =>
    writer.write(new TextEncoder().encode(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`));
  await say({ id: 1, ...initialize });
  await say({ method: "notifications/initialized" });
  await say({ id: 2, method: "tools/call", params });
  let out = "";
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  while (!/"id":2\b/.test(out)) out += (await reader.read()).value;
  await writer.close();
  while (!(await reader.read()).done);
  const err = await new Response(child.stderr).text();
  equal((await child.status).code, 0);
  match(out, /it is \[REDACTED_SECRET:/);
  doesNotMatch(out, /sk-ant-api03/);
  match(out, new RegExp(folder));
  equal(err, "This is no sandbox: what the client asks for runs on this machine, as you\n");
  await Deno.remove(folder, { recursive: true });
});

async function refused(args: readonly string[]): Promise<string> {
  const { command: [program, ...flags], denoDir } = launcher();
  const { code, stdout, stderr } = await new Deno.Command(program, {
    args: [...flags, "mcp", "start", ...args],
    clearEnv: true,
    env: { HOME: "/nonexistent", PATH: Deno.env.get("PATH")!, DENO_DIR: denoDir },
    stdin: "null",
  }).output();
  equal(code, 2);
  equal(stdout.length, 0);
  return new TextDecoder().decode(stderr);
}

test("mcp start without a client's authority says what sets it, and listens nowhere", async () => {
  match(await refused([]), /^error: Cannot start the tools: STAKPAK_MCP_CLIENT_CA is not set/);
});

test("mcp start refuses one of --stdio and --on-this-machine without the other", async () => {
  match(await refused(["--stdio"]), /go together/);
  match(await refused(["--on-this-machine"]), /go together/);
});
