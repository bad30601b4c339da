/**
 * Stakpak's own MCP server in the network, `paks`: for accounts, at an address that can be set. It is somebody else's:
 * no placeholder is ever filled for it, and what it says is bounded.
 *
 * @module
 */
import type { Secret } from "../domain/secret.ts";
import { PAKS_SERVER } from "../domain/tool_pattern.ts";
import type { ToolDescription } from "../domain/toolbox.ts";
import type { Host } from "../host/host.ts";
import { type McpToolbox, mcpToolbox } from "../mcp/client.ts";
import type { Fetch } from "../mcp/watched_fetch.ts";

export interface PaksParts {
  readonly host: Pick<Host, "fetch">;
  /** As `paksAddress` gives it. */
  readonly url: string;
  readonly key: Secret;
  readonly version: string;
}

const ANSWER_BYTES_MAX = 4 * 1024 * 1024;
const TOOLS_MAX = 100;
/** Providers take no longer and no other names of tools. */
const NAME = /^[\w-]{1,64}$/;
const DESCRIPTION_MAX = 2_000;
const SCHEMA_MAX = 20_000;

/** Its tools, as `paks__…`. Disposing ends the session there. */
export function paksTools({ host, url, key, version }: PaksParts): McpToolbox {
  const tools = mcpToolbox({ fetch: authorized(host, key), url, version, server: PAKS_SERVER });
  return {
    ...tools,
    list: async (signal) => (await tools.list(signal)).filter(isUsable).slice(0, TOOLS_MAX).map(shortened),
  };
}

/** With the key, in the header alone; an answer that leads elsewhere is none. */
function authorized({ fetch }: Pick<Host, "fetch">, key: Secret): Fetch {
  return async (url, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set("authorization", `Bearer ${key.reveal()}`);
    const answer = await fetch(String(url), { ...init, headers, redirect: "manual" });
    if (answer.status < 300 || answer.status > 399) return bounded(answer);
    await answer.body?.cancel();
    throw new Error(`it redirects (${answer.status}), which is not followed`);
  };
}

function bounded(answer: Response): Response {
  if (!answer.body) return answer;
  let bytes = 0;
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      bytes += chunk.length;
      if (bytes > ANSWER_BYTES_MAX) throw new Error(`its answer is longer than ${ANSWER_BYTES_MAX} bytes`);
      controller.enqueue(chunk);
    },
  });
  return new Response(answer.body.pipeThrough(counted), answer);
}

function isUsable({ name, inputSchema }: ToolDescription): boolean {
  return NAME.test(name) && JSON.stringify(inputSchema).length <= SCHEMA_MAX;
}

function shortened({ description, ...tool }: ToolDescription): ToolDescription {
  return { ...tool, description: description.slice(0, DESCRIPTION_MAX).toWellFormed() };
}
