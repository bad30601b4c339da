import { equal } from "node:assert/strict";
import { denoSockets } from "../../src/host/deno_sockets.ts";
import { publishPort } from "../../src/warden/publish_port.ts";
import { relayPort } from "../../src/warden/relay_port.ts";
import { test } from "../sanitized.ts";
import { echoServer, hear, say, tcpServer } from "./egress_stage.ts";

const LOCAL = { hostname: "127.0.0.1", port: 0 };

test("a program in the box answers at the port outside, for more at once than wait", async () => {
  const folder = await Deno.makeTempDir();
  const socketPath = `${folder}/port.sock`;
  await using server = echoServer();
  await using published = publishPort({ sockets: denoSockets, at: LOCAL, socketPath });
  await using _box = relayPort({
    sockets: denoSockets,
    socketPath,
    to: { hostname: "127.0.0.1", port: server.port },
  });
  const clients = await Promise.all(Array.from({ length: 12 }, async (_, index) => {
    const client = await denoSockets.connect({ hostname: "127.0.0.1", port: published.port });
    await say(client, `I am ${index}.`);
    equal(await hear(client, "."), `I am ${index}.`);
    return client;
  }));
  for (const client of clients) client.close();
  await Deno.remove(folder, { recursive: true });
});

test("a port where nothing listens in the box ends the connection, and the next one still comes", async () => {
  const folder = await Deno.makeTempDir();
  const socketPath = `${folder}/port.sock`;
  await using published = publishPort({ sockets: denoSockets, at: LOCAL, socketPath });
  await using _box = relayPort({
    sockets: denoSockets,
    socketPath,
    to: { socketPath: `${folder}/nothing` },
  });
  for (let count = 0; count < 6; count++) {
    const client = await denoSockets.connect({ hostname: "127.0.0.1", port: published.port });
    equal(await hear(client), "");
    client.close();
  }
  await Deno.remove(folder, { recursive: true });
});

test("a box waits for a supervisor that is not there yet, and its end ends the waiting", async () => {
  const box = relayPort({ sockets: denoSockets, socketPath: "/nonexistent/s", to: LOCAL });
  await box[Symbol.asyncDispose]();
});

test("what a program has said before its end is heard whole", async () => {
  const folder = await Deno.makeTempDir();
  const socketPath = `${folder}/port.sock`;
  const asked = Promise.withResolvers<void>();
  await using server = tcpServer(async (connection) => {
    await connection.read(new Uint8Array(8));
    asked.resolve();
    await say(connection, "x".repeat(3_000_000));
  });
  await using published = publishPort({ sockets: denoSockets, at: LOCAL, socketPath });
  const box = relayPort({ sockets: denoSockets, socketPath, to: { ...LOCAL, port: server.port } });
  const client = await denoSockets.connect({ hostname: "127.0.0.1", port: published.port });
  await say(client, "hello");
  const hearing = hear(client);
  await asked.promise;
  await box[Symbol.asyncDispose]();
  equal((await hearing).length, 3_000_000);
  client.close();
  await Deno.remove(folder, { recursive: true });
});
