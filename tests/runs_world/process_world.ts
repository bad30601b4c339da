/**
 * A world whose server is a process: `stakpak serve`, started with the program's own grants and nothing more.
 *
 * @module
 */
import { denoHost } from "../../src/host/deno_host.ts";
import { sessionName } from "../../src/domain/session_name.ts";
import { lookAtStore } from "../../src/server/open_store.ts";
import type { Store } from "../../src/server/store.ts";
import { bundledProgram } from "../docker/bundled_program.ts";
import { type ApiClient, apiClient } from "./api_client.ts";
import { type Provider, startProvider } from "./provider.ts";
import type { World } from "./world.ts";
import { KEYS, type WorldFiles, writeWorldFiles } from "./world_files.ts";

export interface ProcessOptions {
  /** `host`: tools run on this machine, in the world's own home. `box`: in a box. */
  readonly tools: "host" | "box";
  /** Deno with flags and a file; absent: the bundle. */
  readonly program?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Partial<WorldFiles>;
  /** More files of the home folder, by path. */
  readonly home?: Readonly<Record<string, string>>;
}

export interface ProcessWorld extends World {
  readonly pid: number;
  /** Ends the server at once, as a power cut does. */
  kill(): Promise<void>;
  /** Ends it as `systemctl stop` does; answers its exit code. */
  stop(): Promise<number>;
  /** Starts it again on the same home. Everything but `provider` and `home` is new. */
  again(): Promise<ProcessWorld>;
}

interface Serving {
  readonly child: Deno.ChildProcess;
  readonly client: ApiClient;
  readonly ended: Promise<number>;
}

export async function processWorld(options: ProcessOptions): Promise<ProcessWorld> {
  const provider = await startProvider();
  const home = await Deno.makeTempDir({ prefix: "stakpak-runs-" });
  const port = freePort();
  const files: WorldFiles = {
    url: provider.url,
    keys: KEYS,
    ...options.files,
    server: `listen = "127.0.0.1:${port}"\n${options.tools === "host" ? "host_tools = true\n" : ""}${
      options.files?.server ?? ""
    }`,
  };
  await writeWorldFiles(home, files);
  for (const [path, text] of Object.entries(options.home ?? {})) {
    await Deno.mkdir(`${home}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true, mode: 0o700 });
    await Deno.writeTextFile(`${home}/${path}`, text, { mode: 0o600 });
  }
  return await serve({ ...options, files }, provider, home, port);
}

async function serve(
  options: ProcessOptions,
  provider: Provider,
  home: string,
  port: number,
): Promise<ProcessWorld> {
  let text = "";
  const serving = await start(options, home, port, (said) => text += said);
  const store = await lookAtStore(denoHost([]), `${home}/.stakpak/autopilot/autopilot.db`) as Store;
  let over = false;
  const end = async (signal: Deno.Signal) => {
    over = true;
    serving.child.kill(signal);
    return await serving.ended;
  };
  return {
    client: serving.client,
    provider,
    store,
    home,
    boxes: options.tools === "box",
    pid: serving.child.pid,
    said: () => text,
    folderOf: async (sessionId) => `${home}/.stakpak/autopilot/workspace/${await sessionName(sessionId)}`,
    async kill() {
      await end("SIGKILL");
      store[Symbol.dispose]();
    },
    async stop() {
      const code = await end("SIGTERM");
      store[Symbol.dispose]();
      return code;
    },
    writeConfig: (more) => writeWorldFiles(home, { ...options.files as WorldFiles, config: more }),
    again: () => serve(options, provider, home, port),
    async [Symbol.asyncDispose]() {
      if (!over) {
        await end("SIGTERM");
        store[Symbol.dispose]();
      }
      await provider[Symbol.asyncDispose]();
      await Deno.remove(home, { recursive: true });
    },
  };
}

async function start(
  { program, env, tools }: ProcessOptions,
  home: string,
  port: number,
  heard: (text: string) => void,
): Promise<Serving> {
  const [deno, ...flags] = program ?? await bundledProgram();
  const child = new Deno.Command(deno!, {
    args: [...flags, "serve"],
    clearEnv: true,
    cwd: home,
    env: {
      HOME: home,
      PATH: Deno.env.get("PATH") ?? "",
      DENO_NO_UPDATE_CHECK: "1",
      STAKPAK_RUN_DIR: `${home}/r`,
      ...env,
    },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let said = "";
  const listen = async (stream: ReadableStream<Uint8Array>) => {
    for await (const chunk of stream.pipeThrough(new TextDecoderStream() as never)) {
      said += chunk;
      heard(String(chunk));
    }
  };
  const heardAll = Promise.all([listen(child.stdout), listen(child.stderr)]);
  let code: number | undefined;
  const ended = child.status.then(async (status) => {
    code = status.code;
    await heardAll;
    return status.code;
  });
  const url = `http://127.0.0.1:${port}`;
  while (!await answers(url)) {
    if (code !== undefined) throw new Error(`stakpak serve ended with ${code}: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const token = await tokenIn(`${home}/.stakpak`);
  return { child, client: apiClient(url, token, tools === "host" ? { sandbox: false } : {}), ended };
}

/** That of the configuration, or the one that the server has made. */
async function tokenIn(state: string): Promise<string> {
  const configured = /^token = "([^"]+)"$/m.exec(await Deno.readTextFile(`${state}/autopilot.toml`))?.[1];
  return configured ?? (await Deno.readTextFile(`${state}/autopilot/token`)).trim();
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/v1/health`);
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/** One that nobody listens at now. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return (listener.addr as Deno.NetAddr).port;
}
