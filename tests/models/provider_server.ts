/**
 * A provider on this machine that answers as it is told and keeps what it was asked.
 *
 * @module
 */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface ProviderServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly seen: SeenRequest[];
  /** Replaces how it answers. */
  answer: (response: ServerResponse, request: SeenRequest) => void;
}

/** Answers 200 with nothing unless told otherwise. */
export async function providerServer(answer?: ProviderServer["answer"]): Promise<ProviderServer> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Uint8Array[] = [];
    request.on("data", (chunk) => chunks.push(chunk)).on("end", () => {
      const body = new TextDecoder().decode(bytesOf(chunks));
      const { method = "", url = "", headers } = request;
      seen.push({ method, url, headers, body });
      provider.answer(response, seen.at(-1)!);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const provider: ProviderServer = {
    origin: `http://127.0.0.1:${port}`,
    seen,
    answer: answer ?? ((response) => void response.end()),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return provider;
}

/** An answer of server-sent events, whole. */
export function events(...all: readonly unknown[]): ProviderServer["answer"] {
  return (response) => {
    response.setHeader("content-type", "text/event-stream");
    response.end(all.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(""));
  };
}

function bytesOf(chunks: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
