import { equal } from "node:assert/strict";
import { denoSockets } from "../../src/host/deno_sockets.ts";
import { publishPort } from "../../src/warden/publish_port.ts";
import { test } from "../sanitized.ts";
import { hear, say } from "./egress_stage.ts";

const LOCAL = { hostname: "127.0.0.1", port: 0 };

test("somebody at the port waits for a box, and wakes it with one byte", async () => {
  const folder = await Deno.makeTempDir();
  const socketPath = `${folder}/port.sock`;
  await using published = publishPort({ sockets: denoSockets, at: LOCAL, socketPath });
  const client = await denoSockets.connect({ hostname: "127.0.0.1", port: published.port });
  await say(client, "hello");
  const box = await denoSockets.connect({ socketPath });
  equal(await hear(box, "hello"), "\x01hello");
  await say(box, "welcome");
  box.close();
  equal(await hear(client), "welcome");
  client.close();
  await Deno.remove(folder, { recursive: true });
});

test("its end is told to those who wait, on both sides", async () => {
  const folder = await Deno.makeTempDir();
  const socketPath = `${folder}/port.sock`;
  const published = publishPort({ sockets: denoSockets, at: LOCAL, socketPath });
  const first = await denoSockets.connect({ hostname: "127.0.0.1", port: published.port });
  const box = await denoSockets.connect({ socketPath });
  equal(await hear(box, "\x01"), "\x01");
  const second = await denoSockets.connect({ hostname: "127.0.0.1", port: published.port });
  await published[Symbol.asyncDispose]();
  for (const connection of [first, box, second]) {
    equal(await hear(connection), "");
    connection.close();
  }
  await Deno.remove(folder, { recursive: true });
});
