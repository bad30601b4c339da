/**
 * `stakpak serve` with its own limits, and clients that never come to the point. `listener_test.ts` has the same with
 * shorter limits.
 *
 * @module
 */
import { deepEqual, ok } from "node:assert/strict";
import { processWorld } from "../runs_world/process_world.ts";
import { runs } from "../runs.ts";
import { test } from "../sanitized.ts";

const FULL = runs(20) === 20;
const soakTest = FULL ? test : () => {};

const CLIENTS = 200;
const HELD_MS = 30_000;
/** Who gets no answer for so long counts as turned away. */
const PATIENCE_MS = 5_000;

/** What comes of a request before it stops, or goes on a byte at a time. */
function begun(token: string): { said: string; trickles: boolean }[] {
  const headers = `Host: localhost\r\nAuthorization: Bearer ${token}\r\n`;
  const post =
    `POST /v1/sessions HTTP/1.1\r\n${headers}content-type: application/json\r\ncontent-length: 900000\r\n\r\n{"title": "`;
  const get = `GET /v1/health HTTP/1.1\r\n${headers}x-slow: `;
  return [
    { said: "", trickles: false },
    { said: get, trickles: false },
    { said: get, trickles: true },
    { said: post, trickles: false },
    { said: post, trickles: true },
  ];
}

/** Settles when the other side has ended it. */
async function held(port: number, { said, trickles }: { said: string; trickles: boolean }): Promise<void> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const bytes = new TextEncoder().encode(said);
  if (bytes.length > 0) await connection.write(bytes);
  const trickle = setInterval(() => {
    if (trickles) connection.write(new TextEncoder().encode("x")).catch(() => {});
  }, 500);
  try {
    while (await connection.read(new Uint8Array(1024)) !== null);
  } catch (error) {
    ok(
      error instanceof Deno.errors.ConnectionReset || error instanceof Deno.errors.BrokenPipe,
      String(error),
    );
  } finally {
    clearInterval(trickle);
  }
}

soakTest(
  "200 half-open connections, again and again for 30 s, keep nobody from being answered, and end",
  async () => {
    await using world = await processWorld({ tools: "host" });
    const { port } = new URL(world.client.url);
    const until = Date.now() + HELD_MS;
    const kinds = begun(world.client.token);
    const clients = Array.from({ length: CLIENTS }, async (_, at) => {
      do await held(Number(port), kinds[at % kinds.length]!); while (Date.now() < until);
    });
    const answers: number[] = [];
    while (Date.now() < until) {
      const response = await fetch(`${world.client.url}/v1/health`, {
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      await response.body?.cancel();
      answers.push(response.status);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    ok(answers.length > 0);
    deepEqual(answers.filter((status) => status !== 200), []);
    await Promise.all(clients);
    await world.client.newSession();
  },
);
