/**
 * A stand-in for Stakpak's server in the network, made with the official SDK.
 *
 * @module
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
// @ts-types="@modelcontextprotocol/sdk/server/index"
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
// @ts-types="@modelcontextprotocol/sdk/server/streamableHttp"
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
// @ts-types="@modelcontextprotocol/sdk/types"
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";

export interface PaksServer extends AsyncDisposable {
  /** Where a profile would say that the API is. */
  readonly endpoint: string;
  /** `Authorization` of every request so far. */
  readonly authorizations: (string | undefined)[];
  /** Names and arguments of the calls so far. */
  readonly calls: { name: string; arguments: unknown; meta: unknown }[];
  readonly paths: (string | undefined)[];
}

export interface PaksTool {
  readonly name: string;
  readonly description?: string;
  readonly inputSchema: { type: "object"; [key: string]: unknown };
}

/** Without `answer` it is what it says it is. */
export async function paksServer(
  tools: readonly PaksTool[],
  answer?: (request: IncomingMessage, response: ServerResponse) => boolean,
): Promise<PaksServer> {
  const authorizations: PaksServer["authorizations"] = [];
  const calls: PaksServer["calls"] = [];
  const paths: PaksServer["paths"] = [];
  const http = createServer((request, response) => {
    // Over plain http our client names all of the address.
    paths.push(URL.parse(request.url ?? "", "http://paks")?.pathname);
    authorizations.push(request.headers.authorization);
    if (answer?.(request, response)) return;
    void serve(request, response);
  });
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const server = new Server({ name: "paks", version: "1" }, { capabilities: { tools: {} } });
    server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [...tools] }));
    server.setRequestHandler(CallToolRequestSchema, ({ params }) => {
      calls.push({ name: params.name, arguments: params.arguments, meta: params._meta?.["stakpak/session"] });
      return { content: [{ type: "text" as const, text: `found by ${params.name}` }] };
    });
    // Without sessions: each request has a server of its own.
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true } as never);
    response.on("close", () => void server.close());
    await server.connect(transport as never);
    await transport.handleRequest(request, response);
  };
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    authorizations,
    calls,
    paths,
    async [Symbol.asyncDispose]() {
      http.closeAllConnections();
      await new Promise<void>((resolve) => http.close(() => resolve()));
    },
  };
}
