/**
 * One worker with one policy, as the supervisor sees it: started, on the socket, retired, gone.
 *
 * @module
 */
import type { Host } from "../host/host.ts";
import type { EgressOptions } from "./egress.ts";
import { type EgressEvent, type EgressOrder, readEgressEvent } from "./egress_events.ts";
import { egressPolicy } from "./egress_policy.ts";

const START_MS = 10_000;
const RETIRE_MS = 2_000;
const CLOSE_MS = 500;

export interface Guard {
  alive(): boolean;
  /**
   * Resolves when it takes no more connections and has cut those that `rules` forbid. The others live on, until it is
   * called again with rules that forbid them.
   */
  retire(rules: readonly string[]): Promise<void>;
  /** Ends it with all that it carries. */
  end(): void;
  /** The same, and hears what became of it first: resolves when everything that it did is told. */
  close(): Promise<void>;
}

/**
 * Resolves when it answers at the socket path, in place of who did. `ended` is told once, when it fails later, and
 * when a retired one has nothing left to carry. Rejects when it cannot start; nothing is left behind then.
 */
export async function startGuard(
  host: Host,
  options: EgressOptions,
  rules: readonly string[],
  count: number,
  ended: (reason: string) => void,
): Promise<Guard> {
  // Beside the socket, and moved over it: there is no moment without one.
  const path = `${options.socketPath}.${count}`;
  await host.remove(path);
  const life = begin(host, options, rules, path);
  const late = setTimeout(() => life.end(`it did not listen within ${START_MS} ms`), START_MS);
  try {
    await life.listening;
    await host.give(path, 0o600, options.account);
    await host.rename(path, options.socketPath);
    if (!life.alive()) throw new Error("it ended while it started");
  } catch (error) {
    life.end("it could not start");
    await host.remove(path);
    throw error;
  } finally {
    clearTimeout(late);
  }
  let wanted = true;
  void life.ended.then((reason) => wanted && ended(reason));
  const end = () => {
    wanted = false;
    life.end("it was ended");
  };
  return {
    end,
    alive: life.alive,
    async retire(next) {
      const slow = setTimeout(() => life.end("it did not retire"), RETIRE_MS);
      await life.retire(next);
      clearTimeout(slow);
    },
    async close() {
      wanted = false;
      const slow = setTimeout(end, CLOSE_MS);
      void life.retire([]);
      await life.ended;
      clearTimeout(slow);
    },
  };
}

/** A worker from its start to its end, whoever ends it. */
interface Life {
  alive(): boolean;
  /** Rejects when it ends before. */
  readonly listening: Promise<void>;
  /** Resolves when what `rules` forbid is cut, or when it ends. One call at a time. */
  retire(rules: readonly string[]): Promise<void>;
  /** Why it ended. */
  readonly ended: Promise<string>;
  end(reason: string): void;
}

function begin(host: Host, options: EgressOptions, rules: readonly string[], path: string): Life {
  const listening = Promise.withResolvers<void>();
  let cut = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<string>();
  const book = decisions(host, options);
  let alive = true;
  const end = (reason: string) => {
    if (!alive) return;
    alive = false;
    worker.end();
    book.closeAll();
    cut.resolve();
    listening.reject(new Error(reason));
    ended.resolve(reason);
  };
  const order = (message: EgressOrder) => worker.tell(message);
  const act = (event: EgressEvent): void => {
    if (event.kind === "ready") order({ kind: "start", socketPath: path, rules });
    else if (event.kind === "listening") listening.resolve();
    else if (event.kind === "addresses") order({ kind: "addresses", addresses: host.ownAddresses() });
    else if (event.kind === "cut") cut.resolve();
    else if (event.kind === "drained") end("it was retired");
    else if (event.kind === "failed") end(event.reason);
    else book.note(event);
  };
  const grants = { net: [...egressPolicy(rules).grants, `unix:${path}`], files: [path] };
  const worker = host.startWorker("egress", grants, {
    failed: end,
    said(message) {
      const event = readEgressEvent(message);
      if (event) act(event);
      else end("it said what it should not");
    },
  });
  return {
    alive: () => alive,
    listening: listening.promise,
    async retire(rules) {
      if (!alive) return;
      cut = Promise.withResolvers();
      order({ kind: "retire", rules });
      await cut.promise;
    },
    ended: ended.promise,
    end,
  };
}

/** Keeps what is open, so that nothing is missing in the log when a worker is gone. */
function decisions(host: Host, { session, decided }: EgressOptions) {
  const open = new Map<number, { readonly time: string; readonly host: string; readonly port: number }>();
  const close = (id: number, bytesOut: number, bytesIn: number) => {
    const known = open.get(id);
    if (!known || !open.delete(id)) return;
    decided({ ...known, session, verdict: "allowed", bytesOut, bytesIn });
  };
  return {
    note(event: EgressEvent & { readonly kind: "denied" | "opened" | "closed" }): void {
      const time = host.now().toISOString();
      if (event.kind === "opened") open.set(event.id, { time, host: event.host, port: event.port });
      else if (event.kind === "closed") close(event.id, event.bytesOut, event.bytesIn);
      else {
        const { host: to, port, reason } = event;
        decided({ time, session, host: to, port, verdict: "denied", reason, bytesOut: 0, bytesIn: 0 });
      }
    },
    closeAll(): void {
      for (const id of [...open.keys()]) close(id, 0, 0);
    },
  };
}
