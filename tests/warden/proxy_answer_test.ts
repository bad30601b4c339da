import { equal } from "node:assert/strict";
import { denoSockets } from "../../src/host/deno_sockets.ts";
import { answer } from "../../src/warden/proxy_answer.ts";
import { test } from "../sanitized.ts";
import { hear, say, tcpServer } from "./egress_stage.ts";

test("the text stands in the status line and in the body, also for a client that is still speaking", async () => {
  await using server = tcpServer((connection) => answer(connection, 403, "egress to a:1 denied by policy"));
  const client = await denoSockets.connect({ hostname: "127.0.0.1", port: server.port });
  await say(client, "x".repeat(100_000));
  await client.endWriting();
  const text = "egress to a:1 denied by policy";
  const fields = `Content-Type: text/plain\r\nContent-Length: ${text.length + 1}\r\nConnection: close`;
  equal(await hear(client), `HTTP/1.1 403 ${text}\r\n${fields}\r\n\r\n${text}\n`);
  client.close();
});

test("a client that has gone is no error", async () => {
  await using server = tcpServer(async (connection) => {
    connection.close();
    await answer(connection, 400, "no");
  });
  const client = await denoSockets.connect({ hostname: "127.0.0.1", port: server.port });
  equal(await hear(client), "");
  client.close();
});
