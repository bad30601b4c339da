import assert from "node:assert/strict";
import { mcpToolbox } from "../../src/mcp/client.ts";
import { readServerCa } from "../../src/mcp/handshake.ts";
import { createIdentity } from "../../src/mcp/identity.ts";
import { TOOLS } from "../../src/mcp/registry.ts";
import { tlsFetch } from "../../src/mcp/tls_fetch.ts";
import { test } from "../sanitized.ts";
import { launcher } from "./launcher.ts";

const never = new AbortController().signal;

function started(args: readonly string[], folder: string, env: Record<string, string>): Deno.ChildProcess {
  const { command: [program, ...flags], denoDir } = launcher();
  return new Deno.Command(program, {
    args: [...flags, "mcp", "start", ...args],
    cwd: folder,
    clearEnv: true,
    env: {
      HOME: folder,
      PATH: Deno.env.get("PATH") ?? "",
      DENO_DIR: denoDir,
      DENO_NO_UPDATE_CHECK: "1",
      ...env,
    },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let rest = "";
  for await (
    const chunk of stream.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)
  ) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
}

async function inFolder(fn: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "stakpak-mcp-" });
  try {
    await fn(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

test("mcp start hands out its authority, runs tools over mutual TLS on a socket, and ends on SIGTERM", async () => {
  await inFolder(async (folder) => {
    const identity = await createIdentity("client", new Date());
    const path = `${folder}/mcp.sock`;
    const env = { STAKPAK_MCP_CLIENT_CA: identity.caPem, STAKPAK_MCP_SOCKET: path };
    const child = started([], folder, env);
    const lines = linesOf(child.stdout);
    const serverCaPem = await readServerCa(lines);
    {
      using client = tlsFetch({ at: { socketPath: path }, identity, serverCaPem });
      await using toolbox = mcpToolbox({ fetch: client.fetch, version: "0.0.0-test" });
      const listed = await toolbox.list(never);
      assert.deepEqual(listed.map(({ name }) => name), TOOLS.map(({ name }) => `stakpak__${name}`));
      const call = {
        id: "1",
        name: "stakpak__run_command",
        input: { command: "echo $STAKPAK_MCP_CLIENT_CA hi" },
      };
      const { text, isError } = await toolbox.call(call, { signal: never });
      assert.deepEqual([text.trim(), isError], ["hi", false]);
    }
    child.kill("SIGTERM");
    const rest = Array.fromAsync(lines);
    const [{ code, signal }] = await Promise.all([
      child.status,
      rest,
      child.stdin.close(),
      child.stderr.cancel(),
    ]);
    assert.equal(signal, null);
    assert.equal(code, 130);
  });
});

test("mcp start without a client's authority says what sets it, and listens nowhere", async () => {
  await inFolder(async (folder) => {
    const child = started([], folder, {});
    await child.stdin.close();
    const { code, stderr } = await child.output();
    assert.equal(code, 2);
    assert.match(
      new TextDecoder().decode(stderr),
      /^error: Cannot start the tools: STAKPAK_MCP_CLIENT_CA is not set/,
    );
  });
});

test("mcp start --stdio --on-this-machine says that it is no sandbox, answers, and ends with its stdin", async () => {
  await inFolder(async (folder) => {
    const child = started(["--stdio", "--on-this-machine"], folder, {});
    const writer = child.stdin.getWriter();
    const send = (message: unknown) =>
      writer.write(new TextEncoder().encode(`${JSON.stringify({ jsonrpc: "2.0", ...message as object })}\n`));
    const clientInfo = { name: "test", version: "0" };
    await send({
      id: 1,
      method: "initialize",
      params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo },
    });
    const lines = linesOf(child.stdout);
    assert.equal(JSON.parse((await lines.next()).value!).result.serverInfo.name.length > 0, true);
    await send({ method: "notifications/initialized" });
    await send({ id: 2, method: "tools/list", params: {} });
    assert.equal(JSON.parse((await lines.next()).value!).result.tools.length, TOOLS.length);
    await writer.close();
    const said = new Response(child.stderr).text();
    await Array.fromAsync(lines);
    assert.equal((await child.status).code, 0);
    assert.match(await said, /This is no sandbox/);
  });
});

test("mcp start refuses one of --stdio and --on-this-machine without the other", async () => {
  await inFolder(async (folder) => {
    const child = started(["--stdio"], folder, {});
    await child.stdin.close();
    const { code, stderr } = await child.output();
    assert.equal(code, 2);
    assert.match(new TextDecoder().decode(stderr), /go together/);
  });
});
