/**
 * Clients of other versions with our server, and our client with a server that speaks the oldest version only, as
 * the Rust one does.
 *
 * @module
 */
import { deepEqual, equal } from "node:assert/strict";
import { mcpToolbox } from "../../src/mcp/client.ts";
import type { Fetch } from "../../src/mcp/watched_fetch.ts";
import { fakeTools } from "../fakes/fake_tools.ts";
import { test } from "../sanitized.ts";
import { serveTools } from "./served_tools.ts";
import { wire } from "./wire.ts";

const SERVER_URL = new URL("https://localhost/mcp");

/** What these versions have in common. */
interface AnyClient {
  connect(transport: unknown): Promise<void>;
  listTools(): Promise<{ tools: { name: string }[] }>;
  callTool(call: { name: string; arguments: unknown }): Promise<unknown>;
  close(): Promise<void>;
}
type MakeClient = (fetch: Fetch) => Promise<[AnyClient, { terminateSession(): Promise<void> }]>;

// Their types do not load under Deno, and are not what is tested.
const module = (name: string): Promise<Record<string, new (...args: unknown[]) => never>> => import(name);
const CLIENTS: Readonly<Record<string, MakeClient>> = {
  "SDK 1.12": (fetch) => sdk("@modelcontextprotocol/sdk-1.12", fetch),
  "SDK 1.28": (fetch) => sdk("@modelcontextprotocol/sdk-1.28", fetch),
  "@modelcontextprotocol/client 2.4": async (fetch) => {
    const { Client, StreamableHTTPClientTransport } = await module("@modelcontextprotocol/client");
    return [
      new Client!({ name: "other", version: "0" }),
      new StreamableHTTPClientTransport!(SERVER_URL, { fetch }),
    ];
  },
};

async function sdk(name: string, fetch: Fetch): ReturnType<MakeClient> {
  const { Client } = await module(`${name}/client/index.js`);
  const { StreamableHTTPClientTransport } = await module(`${name}/client/streamableHttp.js`);
  // 1.12 takes no `fetch` of its own.
  if (name.endsWith("1.12")) globalThis.fetch = fetch as typeof globalThis.fetch;
  return [
    new Client!({ name: "other", version: "0" }),
    new StreamableHTTPClientTransport!(SERVER_URL, { fetch }),
  ];
}

for (const [name, make] of Object.entries(CLIENTS)) {
  test(`a client of ${name} lists and calls our tools`, async () => {
    const { tools } = fakeTools();
    await using served = await serveTools(tools);
    using tls = served.wire.client();
    const original = globalThis.fetch;
    try {
      const [client, transport] = await make(tls.fetch);
      await client.connect(transport);
      deepEqual((await client.listTools()).tools.map((tool) => tool.name), tools.map((tool) => tool.name));
      deepEqual(await client.callTool({ name: "echo", arguments: { text: "hello" } }), {
        content: [{ type: "text", text: "hello" }],
      });
      await transport.terminateSession();
      await client.close();
    } finally {
      globalThis.fetch = original;
    }
    deepEqual([served.log, served.wire.lines], [[], []]);
  });
}

test("our client lists and calls a server that answers 2024-11-05 to everybody, without sessions", async () => {
  const versions: (string | undefined)[] = [];
  await using served = await wire({
    async handle(request, response) {
      let body = "";
      for await (const chunk of request) body += chunk;
      if (request.method !== "POST") return void response.writeHead(405).end();
      const { id, method, params } = JSON.parse(body);
      if (method !== "initialize") {
        versions.push(request.headers["mcp-protocol-version"] as string | undefined);
      }
      if (id === undefined) return void response.writeHead(202).end();
      const result = method === "initialize"
        ? {
          protocolVersion: "2024-11-05",
          capabilities: { tools: {} },
          serverInfo: { name: "stakpak", version: "0.3.88" },
          instructions: "The Stakpak MCP server.",
        }
        : method === "tools/list"
        ? { tools: [{ name: "view", description: "looks", inputSchema: { type: "object" } }] }
        : { content: [{ type: "text", text: params.arguments.path }] };
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end(`data: ${JSON.stringify({ jsonrpc: "2.0", id, result })}\n\n`);
    },
  });
  using tls = served.client();
  await using toolbox = mcpToolbox({ fetch: tls.fetch, version: "0" });
  const { signal } = new AbortController();
  deepEqual(await toolbox.list(signal), [
    { name: "stakpak__view", description: "looks", inputSchema: { type: "object" } },
  ]);
  const call = { id: "1", name: "stakpak__view", input: { path: "/etc/hosts" } };
  equal((await toolbox.call(call, { signal })).text, "/etc/hosts");
  deepEqual(new Set(versions), new Set(["2024-11-05"]));
});
