import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { fakeTools } from "../fakes/fake_tools.ts";
import { test } from "../sanitized.ts";
import { type ServedTools, serveTools } from "./served_tools.ts";
import { portOf } from "./wire.ts";
import https from "node:https";

const INITIALIZE = {
  jsonrpc: "2.0",
  id: 0,
  method: "initialize",
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "test", version: "0" } },
};
const HEADERS = { "content-type": "application/json", "accept": "application/json, text/event-stream" };
const call = (id: number, name: string, input: unknown = {}) => ({
  jsonrpc: "2.0",
  id,
  method: "tools/call",
  params: { name, arguments: input },
});

/** One client, byte by byte. */
function clientOf({ wire }: ServedTools) {
  const tls = wire.client();
  const send = (method: string, body?: unknown, headers: Record<string, string> = {}, path = "/mcp") =>
    tls.fetch(`https://localhost${path}`, {
      method,
      headers: { ...HEADERS, ...headers },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
  return {
    send,
    async session(): Promise<Record<string, string>> {
      const answer = await send("POST", INITIALIZE);
      await answer.text();
      return { "mcp-session-id": answer.headers.get("mcp-session-id")! };
    },
    [Symbol.dispose]: () => tls[Symbol.dispose](),
  };
}

/** Status and message of a refusal. */
async function refusal(answering: Promise<Response>): Promise<[number, string]> {
  const answer = await answering;
  return [answer.status, (await answer.json()).error.message];
}

test("a session begins with initialize and is named by its header", async () => {
  await using served = await serveTools(fakeTools().tools);
  using client = clientOf(served);
  const answer = await client.send("POST", INITIALIZE);
  equal(answer.status, 200);
  match(answer.headers.get("mcp-session-id")!, /^[0-9a-f-]{36}$/);
  match(await answer.text(), /"protocolVersion":"2025-11-25"/);
});

test("a client gets the version it asks for, from 2024-11-05 on, and the newest for one that nobody knows", async () => {
  await using served = await serveTools(fakeTools().tools);
  using client = clientOf(served);
  for (
    const [asked, given] of [["2024-11-05", "2024-11-05"], ["2025-06-18", "2025-06-18"], [
      "1999",
      "2025-11-25",
    ]]
  ) {
    const params = { ...INITIALIZE.params, protocolVersion: asked };
    const text = await (await client.send("POST", { ...INITIALIZE, params })).text();
    match(text, new RegExp(`"protocolVersion":"${given}"`));
  }
});

test("Host and Origin have to name this machine", async () => {
  await using served = await serveTools(fakeTools().tools);
  using client = clientOf(served);
  const refused: [number, string] = [403, "Host or Origin is not this machine"];
  deepEqual(await refusal(client.send("POST", INITIALIZE, { origin: "http://evil.example" })), refused);
  equal(await statusFor(served, "evil.example"), 403);
  equal(await statusFor(served, "127.0.0.1:8080"), 400);
});

/** `tlsFetch` names its own host: this asks under any. */
async function statusFor({ wire }: ServedTools, host: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const options = {
    ...wire.tls,
    host: "127.0.0.1",
    port: portOf(wire.server),
    agent: false,
    headers: { host },
  };
  https.get({ ...options, path: "/mcp" }, (answer) => {
    answer.resume().once("close", () => resolve(answer.statusCode!));
  }).once("error", reject);
  return await promise;
}

test("other paths, other methods, no session, an unknown one, and what is not JSON are refused", async () => {
  await using served = await serveTools(fakeTools().tools);
  using client = clientOf(served);
  const unknown = { "mcp-session-id": "gone" };
  deepEqual(await refusal(client.send("POST", INITIALIZE, {}, "/")), [404, "only /mcp is here"]);
  const missing: [number, string] = [400, "Mcp-Session-Id is missing: initialize first"];
  deepEqual(await refusal(client.send("POST", call(1, "echo"))), missing);
  deepEqual(await refusal(client.send("GET")), missing);
  deepEqual(await refusal(client.send("POST", call(1, "echo"), unknown)), [404, "Session not found"]);
  deepEqual(await refusal(client.send("POST", "{")), [400, "the body is not JSON"]);
  const session = await client.session();
  equal((await client.send("PUT", "{}", session)).status, 405);
  equal(
    (await client.send("POST", call(1, "echo"), { ...session, "mcp-protocol-version": "1999" })).status,
    400,
  );
});

test("a body up to 4 MiB is read, a longer one refused", async () => {
  await using served = await serveTools(fakeTools().tools);
  using client = clientOf(served);
  const session = await client.session();
  const text = "x".repeat(4 * 1024 * 1024 - 1_000);
  match(await (await client.send("POST", call(1, "echo", { text }), session)).text(), /x{1000}/);
  deepEqual(await refusal(client.send("POST", call(2, "echo", { text: text + text }), session)), [
    413,
    "the body is longer than 4194304 bytes",
  ]);
});

test("a call is cancelled when its connection breaks", async () => {
  const fakes = fakeTools();
  await using served = await serveTools(fakes.tools);
  using client = clientOf(served);
  const session = await client.session();
  const ended = fakes.ended();
  const answer = await client.send("POST", call(7, "wait"), session);
  await fakes.waiting();
  await answer.body!.cancel();
  equal(await ended, "the connection broke");
});

test("the answer to a cancelled call ends, and its id can be used again", async () => {
  const fakes = fakeTools();
  await using served = await serveTools(fakes.tools);
  using client = clientOf(served);
  const session = await client.session();
  for (let times = 0; times < 3; times++) {
    const ended = fakes.ended();
    const waiting = fakes.waiting();
    const answer = await client.send("POST", call(7, "wait"), session);
    await waiting;
    const cancelled = {
      jsonrpc: "2.0",
      method: "notifications/cancelled",
      params: { requestId: 7, reason: "enough" },
    };
    await (await client.send("POST", cancelled, session)).text();
    equal(await ended, "enough");
    equal((await answer.text()).includes("data:"), false);
  }
});

test("DELETE ends a session and its calls", async () => {
  const fakes = fakeTools();
  await using served = await serveTools(fakes.tools);
  using client = clientOf(served);
  const session = await client.session();
  const ended = fakes.ended();
  const answer = await client.send("POST", call(1, "wait"), session);
  await fakes.waiting();
  equal((await client.send("DELETE", undefined, session)).status, 200);
  await ended;
  await answer.text();
  deepEqual(await refusal(client.send("POST", call(2, "echo"), session)), [404, "Session not found"]);
});

test("of 64 sessions the one that was used least recently makes room, none that is at work", async () => {
  const fakes = fakeTools();
  await using served = await serveTools(fakes.tools);
  using client = clientOf(served);
  const [working, oldest, used] = [await client.session(), await client.session(), await client.session()];
  const answer = await client.send("POST", call(1, "wait"), working);
  for (let count = 3; count < 64; count++) await client.session();
  const known = async (session: Record<string, string>) => {
    const ping = await client.send("POST", { jsonrpc: "2.0", id: 9, method: "ping" }, session);
    await ping.text();
    return ping.status;
  };
  equal(await known(used), 200);
  await client.session();
  deepEqual([await known(oldest), await known(used), await known(working)], [404, 200, 200]);
  await answer.body!.cancel();
});

test("when all sessions are at work, no more begin", async () => {
  await using served = await serveTools(fakeTools().tools);
  using client = clientOf(served);
  const streams: Response[] = [];
  for (let count = 0; count < 64; count++) {
    streams.push(await client.send("GET", undefined, await client.session()));
  }
  deepEqual(await refusal(client.send("POST", INITIALIZE)), [503, "all 64 sessions are at work"]);
  for (const stream of streams) await stream.body!.cancel();
});

test("the end of the server ends every session", async () => {
  const fakes = fakeTools();
  const served = await serveTools(fakes.tools);
  using client = clientOf(served);
  const ended = fakes.ended();
  const answer = await client.send("POST", call(1, "wait"), await client.session());
  await fakes.waiting();
  await served[Symbol.asyncDispose]();
  await ended;
  await answer.text().catch(() => {});
  await rejects(client.send("GET"));
  deepEqual(served.log, []);
});
