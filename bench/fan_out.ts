// deno-lint-ignore-file no-console -- a bench prints its figures
/** One session's events to many clients, from the append to each client's socket. Run: deno run -A bench/fan_out.ts */
import { denoHost } from "../src/host/deno_host.ts";
import { openStore } from "../src/server/open_store.ts";
import { httpStage, TOKEN } from "../tests/server/http_stage.ts";
import { row } from "./measure.ts";

const CLIENTS = 1_000;
const EVENTS_PER_SECOND = 100;
const SECONDS = 10;
const LIMIT_MS = 250;

interface Seen {
  readonly missing: number;
  readonly seen: number;
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
}

/** Appends, each on disk when it is told, while so many clients listen in a process of their own. */
async function listened(clients: number): Promise<Seen> {
  const folder = await Deno.makeTempDir({ prefix: "bench-" });
  using store = await openStore(denoHost([]), `${folder}/a.db`);
  await using stage = await httpStage({ parts: { store, now: () => new Date() } });
  const session = store.sessions.create({ title: "bench", origin: "api" }).id;
  const events = EVENTS_PER_SECOND * SECONDS;
  const append = () =>
    store.events.append(session, undefined, { name: "text_delta", fields: { delta: "x".repeat(100) } });
  append();
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-config",
      "--allow-net",
      new URL("fan_out_clients.ts", import.meta.url).pathname,
      String(stage.listener.at.port),
      TOKEN,
      session,
      String(clients),
      String(events),
    ],
    stdout: "piped",
  }).spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  await lines.read();
  const began = performance.now();
  for (let id = 2; id <= events; id++) {
    const due = began + id * 1_000 / EVENTS_PER_SECOND;
    const wait = due - performance.now();
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, wait)));
    append();
  }
  let said = "";
  for (let piece = await lines.read(); !piece.done; piece = await lines.read()) said += piece.value;
  await child.status;
  await Deno.remove(folder, { recursive: true });
  return JSON.parse(said);
}

export async function fanOut(): Promise<string> {
  const one = await listened(1);
  const many = await listened(CLIENTS);
  const ratio = many.p99 / Math.max(one.p99, 1);
  const measured =
    `${many.missing} lost of ${many.seen + many.missing}, p50 ${many.p50} ms, p99 ${many.p99} ms, ` +
    `at most ${many.most} ms (p99 ${ratio.toFixed(0)} × that of one client, ${one.p99} ms)`;
  return row(
    `append event + fan out to ${CLIENTS} SSE clients, ${EVENTS_PER_SECOND} events/s`,
    measured,
    `none lost, p99 ≤ ${LIMIT_MS} ms`,
    many.missing === 0 && many.p99 <= LIMIT_MS,
  );
}

if (import.meta.main) console.log(await fanOut());
