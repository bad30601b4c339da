import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { denoHost } from "../../src/host/deno_host.ts";
import type { Host } from "../../src/host/host.ts";
import type { WorkerListener } from "../../src/host/worker.ts";
import type { EgressDecision } from "../../src/warden/egress.ts";
import { startGuard } from "../../src/warden/egress_guard.ts";
import { test } from "../sanitized.ts";

/** Lets what was told be heard. */
const heard = () => new Promise((resolve) => setTimeout(resolve));

/** A guard of a worker that a test plays itself; the socket file is a plain file. */
async function stage(rules: readonly string[] = []) {
  const folder = await Deno.makeTempDir();
  const socketPath = `${folder}/egress.sock`;
  const decisions: EgressDecision[] = [];
  const ended: string[] = [];
  const told: unknown[] = [];
  let worker: WorkerListener | undefined;
  let ends = 0;
  const host: Host = {
    ...denoHost(["stakpak"]),
    now: () => new Date("2026-11-22T12:00:00Z"),
    ownAddresses: () => ["192.0.2.2"],
    startWorker(_name, _grants, listener) {
      worker = listener;
      return { tell: (message) => told.push(message), end: () => ends++ };
    },
  };
  const options = { socketPath, rules, session: "s1", decided: (one: EgressDecision) => decisions.push(one) };
  const starting = startGuard(host, options, rules, 1, (reason) => ended.push(reason));
  while (!worker) await Promise.resolve(await Deno.lstat(folder));
  const said = worker.said;
  return {
    decisions,
    ended,
    told,
    said,
    failed: worker.failed,
    ends: () => ends,
    starting,
    async listening() {
      await Deno.writeTextFile(`${socketPath}.1`, "");
      said({ kind: "ready" });
      said({ kind: "listening" });
      return await starting;
    },
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

test("a worker is told where and what, and which addresses are this host's when it asks", async () => {
  await using on = await stage(["github.com:443"]);
  const guard = await on.listening();
  on.said({ kind: "addresses" });
  equal(guard.alive(), true);
  deepEqual(on.told.slice(1), [{ kind: "addresses", addresses: ["192.0.2.2"] }]);
  match(
    JSON.stringify(on.told[0]),
    /^{"kind":"start","socketPath":".*egress\.sock\.1","rules":\["github\.com:443"\]}$/,
  );
  guard.end();
});

test("what was open when a worker failed is in the log all the same", async () => {
  await using on = await stage();
  await on.listening();
  on.said({ kind: "opened", id: 7, host: "github.com", port: 443 });
  on.failed("it threw");
  on.failed("it threw again");
  await heard();
  const time = "2026-11-22T12:00:00.000Z";
  const wanted = { time, session: "s1", host: "github.com", port: 443, verdict: "allowed" as const };
  deepEqual(on.decisions, [{ ...wanted, bytesOut: 0, bytesIn: 0 }]);
  deepEqual(on.ended, ["it threw"]);
});

test("a worker that says what it should not is ended", async () => {
  await using on = await stage();
  const guard = await on.listening();
  on.said({ kind: "closed", id: "x" });
  await heard();
  deepEqual([on.ended, guard.alive(), on.ends()], [["it said what it should not"], false, 1]);
});

test("a worker that fails before it listens is an error, with its reason", async () => {
  await using on = await stage();
  on.said({ kind: "failed", reason: "no room" });
  await rejects(on.starting, /no room/);
  deepEqual(on.ended, []);
});

test("a closed connection that was never opened is not believed", async () => {
  await using on = await stage();
  const guard = await on.listening();
  on.said({ kind: "closed", id: 3, bytesOut: 1, bytesIn: 1 });
  deepEqual(on.decisions, []);
  guard.end();
});

test("a retired one is over when it has nothing left, and its end is told then", async () => {
  await using on = await stage();
  const guard = await on.listening();
  const retiring = guard.retire(["a.example:1"]);
  on.said({ kind: "cut" });
  await retiring;
  deepEqual(on.told.at(-1), { kind: "retire", rules: ["a.example:1"] });
  on.said({ kind: "drained" });
  await heard();
  deepEqual(on.ended, ["it was retired"]);
});

test("one that is closed tells first what became of what it carried, and is ended where it does not", async () => {
  await using on = await stage();
  const guard = await on.listening();
  on.said({ kind: "opened", id: 7, host: "github.com", port: 443 });
  const closing = guard.close();
  deepEqual(on.told.at(-1), { kind: "retire", rules: [] });
  on.said({ kind: "cut" });
  on.said({ kind: "closed", id: 7, bytesOut: 3, bytesIn: 4 });
  on.said({ kind: "drained" });
  await closing;
  deepEqual(on.decisions.map(({ bytesOut, bytesIn }) => [bytesOut, bytesIn]), [[3, 4]]);
  deepEqual([on.ended, guard.alive(), on.ends()], [[], false, 1]);

  await using silent = await stage();
  const mute = await silent.listening();
  await mute.close();
  deepEqual([silent.ended, mute.alive(), silent.ends()], [[], false, 1]);
});
