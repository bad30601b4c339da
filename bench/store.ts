// deno-lint-ignore-file no-console -- a bench prints its figures
/** What keeping a million events costs, beside an empty store and beside a plain file. Run: deno run -A bench/store.ts */
import { denoHost } from "../src/host/deno_host.ts";
import { openStore } from "../src/server/open_store.ts";
import type { Store } from "../src/server/store.ts";
import { median, row } from "./measure.ts";

const EVENTS = 1_000_000;
const SESSIONS = 100;
const AT_ONCE = 10_000;
const OPENINGS = 21;
const APPENDS = 500;
const OPEN_LIMIT_MS = 1_000;

const host = denoHost([]);
const event = { name: "text_delta", fields: { delta: "the web server answers again, ".repeat(4) } } as const;

function fill(store: Store): void {
  const sessions = Array.from(
    { length: SESSIONS },
    () => store.sessions.create({ title: "bench", origin: "api" }).id,
  );
  for (let done = 0; done < EVENTS; done += AT_ONCE) {
    store.transaction(() => {
      for (let index = 0; index < AT_ONCE; index++) {
        store.events.append(sessions[index % SESSIONS]!, undefined, event);
      }
    });
  }
}

/** Milliseconds until the newest event can be read, the median of so many. */
async function opening(path: string): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < OPENINGS; count++) {
    const asked = performance.now();
    using store = await openStore(host, path);
    const [session] = store.sessions.list({ limit: 1, offset: 0 }).sessions;
    if (session) store.events.after(session.id, store.events.bounds(session.id).newest - 1, 1);
    times.push(performance.now() - asked);
  }
  return median(times.sort((one, other) => one - other));
}

/** The file as kill -9 leaves it: the log of writes is not carried over yet. */
async function openingAfterKill(path: string, folder: string): Promise<number> {
  using store = await openStore(host, path);
  const [session] = store.sessions.list({ limit: 1, offset: 0 }).sessions;
  for (let count = 0; count < APPENDS; count++) store.events.append(session!.id, undefined, event);
  await Deno.mkdir(folder);
  for (const end of ["", "-wal"]) await Deno.copyFile(path + end, `${folder}/a.db${end}`);
  const asked = performance.now();
  using _left = await openStore(host, `${folder}/a.db`);
  return performance.now() - asked;
}

/** Milliseconds of an event until it is on disk, and of as many bytes at the end of a plain file; in turns. */
async function appends(path: string, plain: string): Promise<{ event: number[]; bytes: number[] }> {
  using store = await openStore(host, path);
  using file = await Deno.open(plain, { create: true, append: true });
  const { id } = store.sessions.create({ title: "bench", origin: "api" });
  const bytes = new TextEncoder().encode(JSON.stringify(event));
  const times = { event: [] as number[], bytes: [] as number[] };
  for (let count = 0; count < APPENDS; count++) {
    const begun = performance.now();
    store.events.append(id, undefined, event);
    const kept = performance.now();
    file.writeSync(bytes);
    file.syncDataSync();
    times.event.push(kept - begun);
    times.bytes.push(performance.now() - kept);
  }
  for (const each of Object.values(times)) each.sort((one, other) => one - other);
  return times;
}

export async function store(): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "stakpak-bench-" });
  try {
    const full = `${folder}/full/a.db`;
    await (async () => {
      using filling = await openStore(host, full);
      fill(filling);
    })();
    const [million, empty] = [await opening(full), await opening(`${folder}/empty/a.db`)];
    const killed = await openingAfterKill(full, `${folder}/killed`);
    const { event, bytes } = await appends(full, `${folder}/plain`);
    const [p50, p99, plain] = [median(event), event[Math.floor(APPENDS * 0.99)]!, median(bytes)];
    const megabytes = (await Deno.stat(full)).size / 1e6;
    return [
      row(
        `open a store with ${EVENTS.toLocaleString("en")} events`,
        `${million.toFixed(0)} ms, after kill -9 ${killed.toFixed(0)} ms (${
          megabytes.toFixed(0)
        } MB); ÷ an empty one ${(million / empty).toFixed(2)}`,
        "≤ 1 s",
        Math.max(million, killed) <= OPEN_LIMIT_MS,
      ),
      row(
        "append an event, on disk, ÷ the same bytes to a plain file with `fdatasync`, p50",
        `${(p50 / plain).toFixed(2)} (${p50.toFixed(2)} ms ÷ ${plain.toFixed(2)} ms; p99 ${
          p99.toFixed(2)
        } ms)`,
        "≤ 3",
        p50 / plain <= 3,
      ),
    ].join("\n");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

if (import.meta.main) console.log(await store());
