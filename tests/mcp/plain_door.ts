import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { portOf, type Wire } from "./wire.ts";

export interface PlainDoor extends AsyncDisposable {
  /** `http://localhost:PORT/mcp` */
  readonly url: string;
}

/** A plain way to a server of ours, for programs that have no certificate to show: every byte passes as it is. */
export async function plainDoor({ server, tls }: Wire): Promise<PlainDoor> {
  const agent = new https.Agent({ keepAlive: true });
  const target = { ...tls, host: "127.0.0.1", port: portOf(server), agent };
  const door = http.createServer((request, response) => {
    const { method = "GET", url: path = "/", headers } = request;
    const passed = https.request({ ...target, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      response.flushHeaders();
      answer.on("error", () => response.destroy()).pipe(response);
    });
    passed.on("error", () => response.destroy());
    response.on("close", () => passed.destroy());
    request.pipe(passed);
  });
  await new Promise<void>((resolve) => door.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://localhost:${(door.address() as AddressInfo).port}/mcp`,
    async [Symbol.asyncDispose]() {
      agent.destroy();
      door.closeAllConnections();
      await new Promise<void>((resolve) => door.close(() => resolve()));
    },
  };
}
