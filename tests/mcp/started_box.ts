import { createIdentity, type McpIdentity } from "../../src/mcp/identity.ts";
import { readServerCa } from "../../src/mcp/handshake.ts";
import { tlsFetch } from "../../src/mcp/tls_fetch.ts";
import { mcpToolbox } from "../../src/mcp/client.ts";
import type { SocketAddress } from "../../src/host/sockets.ts";
import type { Toolbox } from "../../src/domain/toolbox.ts";
import { launcher } from "../cli/launcher.ts";

export interface StartedBox extends AsyncDisposable {
  readonly toolbox: Toolbox;
  /** The workspace. */
  readonly folder: string;
  /** The line after the block. */
  readonly said: string;
  readonly pid: number;
  /** Ends the process and gives its exit code and how long that took. */
  signal(name: Deno.Signal): Promise<{ code: number; tookMs: number }>;
}

/** `stakpak mcp start` in a process of its own, with the table's rights, and a client of it. */
export async function startBox(
  env: Record<string, string> = {},
  { command, denoDir }: ReturnType<typeof launcher> = launcher(),
): Promise<StartedBox> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  const identity = await createIdentity("client");
  const [program, ...args] = [...command, "mcp", "start"];
  const child = new Deno.Command(program!, {
    args,
    cwd: folder,
    clearEnv: true,
    env: {
      HOME: folder,
      PATH: Deno.env.get("PATH")!,
      DENO_DIR: denoDir,
      STAKPAK_MCP_SOCKET: `${folder}/mcp.sock`,
      STAKPAK_MCP_CLIENT_CA: identity.caPem,
      ...env,
    },
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const lines = linesOf(child.stdout);
  const serverCaPem = await readServerCa(lines);
  const said = (await lines.next()).value!;
  const at = addressIn(said);
  const client = tlsFetch({ at, identity: identity as McpIdentity, serverCaPem });
  const toolbox = mcpToolbox({ fetch: client.fetch, version: "0.0.0-test" });
  return {
    toolbox,
    folder,
    said,
    pid: child.pid,
    async signal(name) {
      const before = performance.now();
      child.kill(name);
      const { code } = await child.status;
      return { code, tookMs: performance.now() - before };
    },
    async [Symbol.asyncDispose]() {
      await toolbox[Symbol.asyncDispose]();
      client[Symbol.dispose]();
      try {
        child.kill("SIGKILL");
      } catch {
        // It has ended.
      }
      await child.status;
      await lines.return(undefined);
      await Deno.remove(folder, { recursive: true });
    },
  };
}

function addressIn(said: string): SocketAddress {
  const [, socketPath, hostname, port] = /https:\/\/(?:(\/.*)|([\d.]+):(\d+))\/mcp$/.exec(said) ?? [];
  return socketPath ? { socketPath } : { hostname: hostname!, port: Number(port) };
}

async function* linesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
}
