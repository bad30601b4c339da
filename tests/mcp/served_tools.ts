import { httpEndpoint } from "../../src/mcp/http_endpoint.ts";
import type { HttpsServerOptions } from "../../src/mcp/https_server.ts";
import { createServer } from "../../src/mcp/server.ts";
import type { Tool } from "../../src/mcp/tool.ts";
import { startToolCalls, type ToolCalls } from "../../src/mcp/tool_calls.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { type Wire, wire } from "./wire.ts";

export interface ServedTools extends AsyncDisposable {
  readonly wire: Wire;
  readonly calls: ToolCalls;
  readonly log: string[];
}

/** Tools behind the whole of the server's side, in this process. */
export async function serveTools(
  tools: readonly Tool[],
  options: Partial<HttpsServerOptions> & { redact?: (text: string) => string } = {},
): Promise<ServedTools> {
  const log: string[] = [];
  const calls = startToolCalls({
    tools,
    host: fakeHost(),
    workspace: "/work",
    log: (line) => log.push(line),
  });
  const { redact = (text) => text, ...rest } = options;
  const endpoint = httpEndpoint(
    () => createServer({ calls, version: "1.2.3", redact, sessions: true }),
    (line) => log.push(line),
  );
  const served = await wire({ handle: (...exchange) => void endpoint.handle(...exchange), ...rest });
  return {
    wire: served,
    calls,
    log,
    async [Symbol.asyncDispose]() {
      await Promise.all([endpoint.close(), calls.stop()]);
      await served[Symbol.asyncDispose]();
    },
  };
}
