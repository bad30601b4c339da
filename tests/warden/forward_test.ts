import { equal, rejects, throws } from "node:assert/strict";
import { denoSockets } from "../../src/host/deno_sockets.ts";
import { forward } from "../../src/warden/forward.ts";
import { test } from "../sanitized.ts";
import { echoServer, hear, say } from "./egress_stage.ts";

const LOCAL = { hostname: "127.0.0.1", port: 0 };

test("what comes to one address is passed on to the other, each end falling silent by itself", async () => {
  await using server = echoServer();
  await using passing = forward({
    sockets: denoSockets,
    from: LOCAL,
    to: { hostname: "127.0.0.1", port: server.port },
  });
  const client = await denoSockets.connect({ hostname: "127.0.0.1", port: passing.port });
  await say(client, "one two");
  equal(await hear(client, "two"), "one two");
  await say(client, "three");
  await client.endWriting();
  equal(await hear(client), "three");
  client.close();
});

test("a connection ends at once when nothing listens where it leads", async () => {
  await using passing = forward({ sockets: denoSockets, from: LOCAL, to: { socketPath: "/nonexistent/s" } });
  const client = await denoSockets.connect({ hostname: "127.0.0.1", port: passing.port });
  equal(await hear(client), "");
  client.close();
});

test("its end is the end of what it passes on", async () => {
  await using server = echoServer();
  const to = { hostname: "127.0.0.1", port: server.port };
  const passing = forward({ sockets: denoSockets, from: LOCAL, to });
  const client = await denoSockets.connect({ hostname: "127.0.0.1", port: passing.port });
  await say(client, "one");
  equal(await hear(client, "one"), "one");
  await passing[Symbol.asyncDispose]();
  equal(await hear(client), "");
  client.close();
  await rejects(denoSockets.connect({ hostname: "127.0.0.1", port: passing.port }));
});

test("an address that is taken is an error at once", async () => {
  await using server = echoServer();
  const from = { hostname: "127.0.0.1", port: server.port };
  throws(() => forward({ sockets: denoSockets, from, to: from }));
});
