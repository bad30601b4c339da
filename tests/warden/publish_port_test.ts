import { equal } from "node:assert/strict";
import { denoSockets } from "../../src/host/deno_sockets.ts";
import { publishPort } from "../../src/warden/publish_port.ts";
import { fakeClock } from "../fakes/fake_clock.ts";
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
  using clock = fakeClock();
  const folder = await Deno.makeTempDir();
  const socketPath = `${folder}/port.sock`;
  const published = publishPort({ sockets: denoSockets, at: LOCAL, socketPath });
  const first = await denoSockets.connect({ hostname: "127.0.0.1", port: published.port });
  const box = await denoSockets.connect({ socketPath });
  equal(await hear(box, "\x01"), "\x01");
  const second = await denoSockets.connect({ hostname: "127.0.0.1", port: published.port });
  const ending = published[Symbol.asyncDispose]();
  let ended = false;
  void ending.then(() => ended = true);
  while (!ended) await clock.pass(1_000);
  for (const connection of [first, box, second]) {
    equal(await hear(connection), "");
    connection.close();
  }
  await Deno.remove(folder, { recursive: true });
});

test("what the box has said before its end is heard whole", async () => {
  const folder = await Deno.makeTempDir();
  const socketPath = `${folder}/port.sock`;
  const published = publishPort({ sockets: denoSockets, at: LOCAL, socketPath });
  const client = await denoSockets.connect({ hostname: "127.0.0.1", port: published.port });
  const box = await denoSockets.connect({ socketPath });
  equal(await hear(box, "\x01"), "\x01");
  const saying = say(box, "x".repeat(3_000_000)).then(() => box.close());
  const hearing = hear(client);
  await published[Symbol.asyncDispose]();
  await saying;
  equal((await hearing).length, 3_000_000);
  client.close();
  await Deno.remove(folder, { recursive: true });
});
