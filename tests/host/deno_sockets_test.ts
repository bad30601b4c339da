import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import { denoSockets } from "../../src/host/deno_sockets.ts";
import type { Connection } from "../../src/host/sockets.ts";
import { test } from "../sanitized.ts";

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytes = (said: string) => new TextEncoder().encode(said);

async function all(connection: Connection): Promise<string> {
  const buffer = new Uint8Array(5);
  let heard = "";
  for (let n = await connection.read(buffer); n !== null; n = await connection.read(buffer)) {
    heard += text(buffer.subarray(0, n));
  }
  return heard;
}

test("a connection over TCP names both ends, and one end can fall silent while the other still speaks", async () => {
  const listener = denoSockets.listen({ hostname: "127.0.0.1", port: 0 });
  const came = listener[Symbol.asyncIterator]().next();
  const near = await denoSockets.connect({ hostname: "127.0.0.1", port: listener.port });
  const far: Connection = (await came).value;
  deepEqual([near.remote, near.local, far.remote], ["127.0.0.1", "127.0.0.1", "127.0.0.1"]);
  await near.write(bytes("hello there"));
  await near.endWriting();
  equal(await all(far), "hello there");
  await far.write(bytes("good bye"));
  far.close();
  far.close();
  equal(await all(near), "good bye");
  near.close();
  listener.close();
});

test("a unix socket has no addresses, and a closed listener gives no more connections", async () => {
  const folder = await Deno.makeTempDir();
  const socketPath = `${folder}/s`;
  const listener = denoSockets.listen({ socketPath });
  const came: Connection[] = [];
  const listening = (async () => {
    for await (const connection of listener) came.push(connection);
  })();
  const near = await denoSockets.connect({ socketPath });
  near.close();
  equal(near.remote, "");
  listener.close();
  listener.close();
  await listening;
  for (const connection of came) connection.close();
  await rejects(denoSockets.connect({ socketPath }));
  await Deno.remove(folder, { recursive: true });
});

test("a read under way rejects when its connection is closed", async () => {
  const listener = denoSockets.listen({ hostname: "127.0.0.1", port: 0 });
  const came = listener[Symbol.asyncIterator]().next();
  const near = await denoSockets.connect({ hostname: "127.0.0.1", port: listener.port });
  const reading = rejects(near.read(new Uint8Array(1)));
  near.close();
  await reading;
  (await came).value.close();
  listener.close();
});

test("listening where somebody listens already throws, and an aborted connect rejects with the reason", async () => {
  const listener = denoSockets.listen({ hostname: "127.0.0.1", port: 0 });
  throws(() => denoSockets.listen({ hostname: "127.0.0.1", port: listener.port }));
  listener.close();
  const gone = AbortSignal.abort(new Error("enough"));
  await rejects(denoSockets.connect({ hostname: "127.0.0.1", port: 9 }, gone), { message: "enough" });
});
