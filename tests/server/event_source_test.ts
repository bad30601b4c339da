/**
 * Following a session with the `eventsource` package, as a page or a script would: what it does after it was cut off
 * is the package's, not ours.
 *
 * @module
 */
import { deepEqual, equal } from "node:assert/strict";
import { EventSource, type FetchLike } from "eventsource";
import { until } from "../runs_world/await_condition.ts";
import { type Gate, gate } from "../runs_world/gate.ts";
import { type ProcessWorld, processWorld } from "../runs_world/process_world.ts";
import { accepted, call } from "../runs_world/spoken.ts";
import { SEED } from "../runs.ts";
import { test } from "../sanitized.ts";

const KILLS = 20;
/** Before these the server ends: as `systemctl stop` ends it, then as a power cut does. */
const [STOPPED, KILLED] = [7, 14];
/** Of one turn's events there are more bytes than that. */
const TURN_BYTES = 600;

interface Client extends Disposable {
  /** The id and the name of each event that it told, in their order. */
  readonly told: readonly (readonly [string, string])[];
  /** Ends it when so many more bytes have come, wherever in an event that is; settles when it is ended. */
  kill(bytes: number): Promise<void>;
}

/** One that takes itself up again with `Last-Event-ID`, or, every second time, another one that is told `?after`. */
function client(world: ProcessWorld, sessionId: string, names: readonly string[]): Client {
  const told: [string, string][] = [];
  let left = Infinity;
  let killed = Promise.withResolvers<void>();
  let kills = 0;
  const fetched: FetchLike = async (url, init) => {
    const cut = new AbortController();
    const response = await fetch(url, {
      ...init as RequestInit,
      headers: { ...init.headers, authorization: `Bearer ${world.client.token}` },
      signal: AbortSignal.any([init.signal as AbortSignal, cut.signal]),
    });
    const { status, headers } = response;
    const bytes = new TransformStream<Uint8Array, Uint8Array>({
      // It waits 3 s before it comes again, unless it is told otherwise.
      start: (out) => out.enqueue(new TextEncoder().encode("retry: 10\n\n")),
      transform(chunk, out) {
        out.enqueue(chunk.subarray(0, left));
        left -= chunk.length;
        if (left > 0) return;
        left = Infinity;
        cut.abort();
        out.error(new TypeError("cut off"));
        killed.resolve();
        if (++kills % 2 === 0) begin();
      },
    });
    const body = response.body?.pipeThrough(bytes) ?? null;
    return { status, headers, body, url: String(url), redirected: false };
  };
  const open = (): EventSource => {
    const after = told.at(-1)?.[0] ?? "0";
    const opened = new EventSource(`${world.client.url}/v1/sessions/${sessionId}/events?after=${after}`, {
      fetch: fetched,
    });
    for (const name of names) {
      opened.addEventListener(name, ({ lastEventId }) => void told.push([lastEventId, name]));
    }
    return opened;
  };
  const begin = () => {
    source.close();
    source = open();
  };
  let source = open();
  return {
    told,
    async kill(bytes) {
      killed = Promise.withResolvers();
      left = bytes;
      await killed.promise;
    },
    [Symbol.dispose]: () => source.close(),
  };
}

/** As the description has them, beside those that have no id. */
async function eventNames(world: ProcessWorld): Promise<string[]> {
  const { body } = await world.client.ask("GET", "/v1/openapi.json");
  const variants: { required: [string] }[] = body.components.schemas.EventEnvelope.properties.event.anyOf;
  return variants.map(({ required: [name] }) => name.replace(/(?<=.)[A-Z]/g, "_$&").toLowerCase());
}

/** A run of so many turns and one more; each waits for its gate. */
async function begin(world: ProcessWorld, sessionId: string, turns: number): Promise<Gate[]> {
  const gates = Array.from({ length: turns }, gate);
  const key = `turns-${crypto.randomUUID().slice(0, 8)}`;
  world.provider.script(key, [
    ...gates.map((hold) => ({ say: "I go on.", calls: [call("run_command", { command: "true" })], hold })),
    { say: "That was all." },
  ]);
  const options = { text: `Begin. [[${key}]]`, profile: "anthropic-free", sandbox: false };
  accepted(await world.client.start(sessionId, options));
  return gates;
}

test("an eventsource client that is killed 20 times, while the server ends twice, sees every event once and in order", async () => {
  await using first = await processWorld({ tools: "host" });
  const sessionId = await first.client.newSession();
  using follower = client(first, sessionId, await eventNames(first));
  let world = first;
  let gates = await begin(world, sessionId, KILLS);
  const random = generator(SEED);
  try {
    for (let kill = 0; kill < KILLS; kill++) {
      if (kill === STOPPED) await world.stop();
      if (kill === KILLED) await world.kill();
      if (kill === STOPPED || kill === KILLED) {
        world = await world.again();
        gates = await begin(world, sessionId, KILLS);
      }
      const killed = follower.kill(1 + random(TURN_BYTES));
      gates.shift()!.open();
      await killed;
    }
    for (const { open } of gates) open();
    const { store } = world;
    await until("the end", () => store.runs.unfinished().length === 0);
    await until("all events", () => follower.told.length >= store.events.bounds(sessionId).newest);
    const stored = store.events.after(sessionId, 0, 100_000);
    deepEqual(follower.told, stored.map(({ id, event }) => [String(id), event.name]), `seed ${SEED}`);
    deepEqual(stored.map(({ id }) => id), stored.map((_, index) => index + 1));
    equal(stored.filter(({ event: { name } }) => name === "run_started").length, 3);
  } finally {
    if (world !== first) await world.stop();
  }
});

function generator(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor(state / 2 ** 32 * below);
  };
}
