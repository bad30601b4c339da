import { deepEqual, equal, ok } from "node:assert/strict";
import { denoSockets } from "../../src/host/deno_sockets.ts";
import type { Connection } from "../../src/host/sockets.ts";
import { type Flow, relay } from "../../src/warden/relay.ts";
import { test } from "../sanitized.ts";
import { hear, say } from "./egress_stage.ts";

/** Both ends of a connection over TCP. */
async function pair(): Promise<[Connection, Connection]> {
  const listener = denoSockets.listen({ hostname: "127.0.0.1", port: 0 });
  const came = listener[Symbol.asyncIterator]().next();
  const near = await denoSockets.connect({ hostname: "127.0.0.1", port: listener.port });
  const far = (await came).value;
  listener.close();
  return [near, far];
}

test("each end falls silent by itself, and both directions are counted", async () => {
  const [[client, left], [right, server]] = [await pair(), await pair()];
  const flow: Flow = { out: 0, in: 0 };
  const passing = relay(left, right, { idleMs: 60_000, flow });
  await say(client, "question");
  await client.endWriting();
  equal(await hear(server), "question");
  await say(server, "the answer");
  server.close();
  equal(await hear(client), "the answer");
  client.close();
  await passing;
  deepEqual(flow, { out: 8, in: 10 });
});

test("who does not read is not written for: what is in between stays small", async () => {
  const [[client, left], [right, server]] = [await pair(), await pair()];
  const flow: Flow = { out: 0, in: 0 };
  const passing = relay(left, right, { idleMs: 60_000, flow });
  const piece = new Uint8Array(1024 * 1024);
  let written = 0;
  const writing = (async () => {
    for (; written < 64; written++) await client.write(piece);
  })().catch(() => {});
  // Until the kernel's own buffers are full, and nothing moves any more.
  for (let before = -1; before !== flow.out || written === 0;) {
    before = flow.out;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  ok(written < 48, `${written} MiB went to somebody who does not read`);
  server.close();
  client.close();
  await writing;
  await passing;
});

test("a lost connection ends the other one", async () => {
  const [[client, left], [right, server]] = [await pair(), await pair()];
  const passing = relay(left, right, { idleMs: 60_000 });
  right.close();
  await passing;
  equal(await hear(client), "");
  client.close();
  server.close();
});

test("nothing for too long ends both", async () => {
  const [[client, left], [right, server]] = [await pair(), await pair()];
  await relay(left, right, { idleMs: 5 });
  deepEqual([await hear(client), await hear(server)], ["", ""]);
  client.close();
  server.close();
});

test("where only so much is to be said, the server's last byte is the end", async () => {
  const [[client, left], [right, server]] = [await pair(), await pair()];
  const send = (write: (bytes: Uint8Array) => Promise<void>) => write(new TextEncoder().encode("asked"));
  const passing = relay(left, right, { idleMs: 60_000, send });
  equal(await hear(server, "asked"), "asked");
  await say(client, "not passed on");
  await say(server, "answered");
  server.close();
  await passing;
  equal(await hear(client, "answered"), "answered");
  client.close();
});
