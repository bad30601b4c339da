import { denoHost } from "../../src/host/deno_host.ts";
import type { Host } from "../../src/host/host.ts";
import type { Tool, ToolContext, ToolOutput, ToolScope } from "../../src/mcp/tool.ts";

/** A real folder with real tools in it. */
export interface Workspace extends AsyncDisposable {
  readonly scope: ToolScope;
  /** Absolute, without links. */
  readonly path: string;
  /** What the tools said while they ran. */
  readonly progress: string[];
  context(signal?: AbortSignal): ToolContext;
  call(tool: Tool, input: unknown, signal?: AbortSignal): Promise<ToolOutput>;
  write(name: string, text: string | Uint8Array): Promise<void>;
  read(name: string): Promise<string>;
}

const PROGRAM = ["/usr/bin/stakpak"];

/** Disposing stops what the tools keep running, as the server does, and removes the folder. */
export async function workspace(change: (host: Host) => Host = (host) => host): Promise<Workspace> {
  const path = await Deno.realPath(await Deno.makeTempDir());
  const ends: (() => Promise<void>)[] = [];
  const progress: string[] = [];
  const scope: ToolScope = {
    host: change(denoHost(PROGRAM)),
    workspace: path,
    onStop: (end) => void ends.push(end),
  };
  const context = (signal = new AbortController().signal): ToolContext => ({
    scope,
    signal,
    progress: (message) => void progress.push(message),
  });
  return {
    scope,
    path,
    progress,
    context,
    call: (tool, input, signal) => tool.run(input, context(signal)),
    async write(name, text) {
      const at = `${path}/${name}`;
      await Deno.mkdir(at.slice(0, at.lastIndexOf("/")), { recursive: true });
      await (typeof text === "string" ? Deno.writeTextFile(at, text) : Deno.writeFile(at, text));
    },
    read: (name) => Deno.readTextFile(`${path}/${name}`),
    async [Symbol.asyncDispose]() {
      await Promise.all(ends.map((end) => end()));
      await Deno.remove(path, { recursive: true });
    },
  };
}
