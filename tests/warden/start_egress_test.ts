import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { denoHost } from "../../src/host/deno_host.ts";
import { denoSockets } from "../../src/host/deno_sockets.ts";
import type { Host } from "../../src/host/host.ts";
import { builtinEgress } from "../../src/warden/start_egress.ts";
import { test } from "../sanitized.ts";
import { echoServer, egressStage, hear, say } from "./egress_stage.ts";

const OPEN = "HTTP/1.1 200 Connection established\r\n\r\n";
const connectTo = (host: string, port: number) => `CONNECT ${host}:${port} HTTP/1.1\r\nHost: x\r\n\r\n`;

test("a listed address is reached through a tunnel, and what went through is told", async () => {
  await using server = echoServer();
  await using stage = await egressStage([`127.0.0.1:${server.port}`]);
  const tunnel = await stage.connect();
  await say(tunnel, connectTo("127.0.0.1", server.port));
  equal(await hear(tunnel, "\r\n\r\n"), OPEN);
  await say(tunnel, "hello");
  await tunnel.endWriting();
  equal(await hear(tunnel), "hello");
  tunnel.close();
  await stage.decided(1);
  const [{ time, ...decision }] = stage.decisions as [typeof stage.decisions[0]];
  match(time, /^\d{4}-\d\d-\d\dT.*Z$/);
  const wanted = { session: "s1", host: "127.0.0.1", port: server.port, verdict: "allowed" };
  deepEqual(decision, { ...wanted, bytesOut: 5, bytesIn: 5 });
});

test("what is not listed is denied in one sentence, and told with its reason", async () => {
  await using stage = await egressStage(["github.com:443"]);
  const heard = await stage.ask(connectTo("evil.example", 443));
  match(heard, /^HTTP\/1\.1 403 egress to evil\.example:443 denied by policy\r\n/);
  match(heard, /\r\n\r\negress to evil\.example:443 denied by policy\n$/);
  const [{ time: _, ...decision }] = stage.decisions as [typeof stage.decisions[0]];
  const wanted = { session: "s1", host: "evil.example", port: 443, verdict: "denied", reason: "not listed" };
  deepEqual(decision, { ...wanted, bytesOut: 0, bytesIn: 0 });
});

test("a listed name that leads to this host is denied, and not a byte is said there", async () => {
  await using server = echoServer();
  await using stage = await egressStage([`localhost:${server.port}`]);
  match(await stage.ask(`${connectTo("localhost", server.port)}early`), /^HTTP\/1\.1 403 /);
  match(stage.decisions[0]?.reason ?? "", /^(127\.0\.0\.1|::1) is an address of this host$/);
  deepEqual(server.heard.filter((said) => said !== ""), []);
});

test("another policy takes over the socket: what it forbids is cut, the rest lives on", async () => {
  await using kept = echoServer();
  await using cut = echoServer();
  const both = [`127.0.0.1:${kept.port}`, `127.0.0.1:${cut.port}`];
  await using stage = await egressStage(both);
  const [one, two] = [await stage.connect(), await stage.connect()];
  await say(one, connectTo("127.0.0.1", kept.port));
  await say(two, connectTo("127.0.0.1", cut.port));
  deepEqual([await hear(one, "\r\n\r\n"), await hear(two, "\r\n\r\n")], [OPEN, OPEN]);
  await stage.egress.update([both[0]!, "github.com:443"]);
  equal(await hear(two), "");
  await say(one, "still here");
  equal(await hear(one, "here"), "still here");
  match(await stage.ask(connectTo("127.0.0.1", cut.port)), /^HTTP\/1\.1 403 /);
  one.close();
  two.close();
  await stage.decided(3);
  deepEqual(stage.decisions.map(({ verdict }) => verdict).sort(), ["allowed", "allowed", "denied"]);
  deepEqual((await Array.fromAsync(Deno.readDir(stage.folder))).map(({ name }) => name), ["egress.sock"]);
});

test("a tunnel that lived on under another policy is cut by the next one that forbids it", async () => {
  await using server = echoServer();
  const listed = `127.0.0.1:${server.port}`;
  await using stage = await egressStage([listed]);
  const tunnel = await stage.connect();
  await say(tunnel, connectTo("127.0.0.1", server.port));
  equal(await hear(tunnel, "\r\n\r\n"), OPEN);
  await stage.egress.update([listed, "github.com:443"]);
  await say(tunnel, "still here");
  equal(await hear(tunnel, "here"), "still here");
  await stage.egress.update(["github.com:443"]);
  await stage.decided(1);
  equal(await hear(tunnel), "");
  tunnel.close();
});

test("the socket is private, and has its owner's account where one is named", async () => {
  await using stage = await egressStage([]);
  equal((await Deno.stat(stage.socketPath)).mode! & 0o777, 0o600);
});

test("a rule that is none changes nothing", async () => {
  await using server = echoServer();
  await using stage = await egressStage([`127.0.0.1:${server.port}`]);
  await rejects(async () => await stage.egress.update(["*:443"]), /Cannot use the egress rule/);
  const tunnel = await stage.connect();
  await say(tunnel, connectTo("127.0.0.1", server.port));
  equal(await hear(tunnel, "\r\n\r\n"), OPEN);
  tunnel.close();
});

test("a path that is too long for a socket is refused by its length", async () => {
  const start = builtinEgress({ host: denoHost(["stakpak"]), log: () => {} });
  const options = { socketPath: `/tmp/${"x".repeat(90)}`, rules: [], session: "s", decided: () => {} };
  await rejects(start(options), /has 95 bytes, must have at most 90/);
});

test("a worker that cannot listen is said, and nothing is left", async () => {
  const start = builtinEgress({ host: denoHost(["stakpak"]), log: () => {} });
  const options = { socketPath: "/nonexistent/egress.sock", rules: [], session: "s", decided: () => {} };
  await rejects(start(options), /No such file|not found/i);
});

/** An egress whose first worker can be made to fail. */
async function failing(firstMs: number) {
  const real = denoHost(["stakpak"]);
  const fails: ((reason: string) => void)[] = [];
  const logged: string[] = [];
  const host: Host = {
    ...real,
    startWorker(name, grants, listener) {
      const worker = real.startWorker(name, grants, listener);
      fails.push((reason) => {
        worker.end();
        listener.failed(reason);
      });
      return worker;
    },
  };
  const folder = await Deno.makeTempDir();
  const socketPath = `${folder}/egress.sock`;
  const log = (line: string) => void logged.push(line);
  const start = builtinEgress({ host, log, pauses: { firstMs, lastMs: firstMs } });
  const egress = await start({ socketPath, rules: [], session: "s1", decided: () => {} });
  return {
    logged,
    fail: fails[0]!,
    /** What the proxy says, `undefined` when nobody takes the connection. */
    async ask(): Promise<string | undefined> {
      const client = await denoSockets.connect({ socketPath }).catch(() => undefined);
      if (!client) return undefined;
      await say(client, connectTo("a.example", 1)).catch(() => {});
      const heard = await hear(client);
      client.close();
      return heard;
    },
    async [Symbol.asyncDispose]() {
      await egress[Symbol.asyncDispose]();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

test("a worker that fails lets nothing out", async () => {
  await using on = await failing(60_000);
  on.fail("no heap left");
  // Its thread ends a moment later.
  while (await on.ask() !== undefined);
  deepEqual(on.logged, ["the egress proxy of s1 failed: no heap left; starting it again in 60000 ms"]);
});

test("another worker takes the place of one that failed", async () => {
  await using on = await failing(1);
  on.fail("no heap left");
  let heard: string | undefined;
  while (!heard) {
    heard = await on.ask();
    // A refused connection is told at once: timers want a turn, too.
    await new Promise((resolve) => setTimeout(resolve));
  }
  match(heard, /^HTTP\/1\.1 403 /);
});

test("its end is the end of its socket and of every tunnel, and each is told", async () => {
  await using server = echoServer();
  const stage = await egressStage([`127.0.0.1:${server.port}`]);
  const tunnel = await stage.connect();
  await say(tunnel, connectTo("127.0.0.1", server.port));
  await hear(tunnel, "\r\n\r\n");
  await say(tunnel, "hello");
  await hear(tunnel, "hello");
  await stage.egress[Symbol.asyncDispose]();
  equal(await hear(tunnel), "");
  tunnel.close();
  deepEqual(stage.decisions.map(({ bytesOut, bytesIn }) => [bytesOut, bytesIn]), [[5, 5]]);
  deepEqual((await Array.fromAsync(Deno.readDir(stage.folder))).map(({ name }) => name), []);
  await stage[Symbol.asyncDispose]();
});
