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

export interface Guard {
  alive(): boolean;
  /** Resolves when it takes no more connections and has cut those that `rules` forbid. The others live on. */
  retire(rules: readonly string[]): Promise<void>;
  /** Ends it with all that it carries. */
  end(): void;
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
  const { grants } = egressPolicy(rules);
  const listening = Promise.withResolvers<void>();
  const cut = Promise.withResolvers<void>();
  const book = decisions(host, options);
  let alive = true;
  let started = false;
  const gone = (reason: string) => {
    if (!alive) return;
    alive = false;
    worker.end();
    book.closeAll();
    cut.resolve();
    if (started) ended(reason);
    else listening.reject(new Error(reason));
  };
  await host.remove(path);
  const worker = host.startWorker("egress", { net: [...grants, `unix:${path}`], files: [path] }, {
    failed: gone,
    said(message) {
      const event = readEgressEvent(message);
      if (event) act(event);
      else gone("it said what it should not");
    },
  });
  const order = (message: EgressOrder) => worker.tell(message);
  const act = (event: EgressEvent): void => {
    if (event.kind === "ready") order({ kind: "start", socketPath: path, rules });
    else if (event.kind === "listening") listening.resolve();
    else if (event.kind === "addresses") order({ kind: "addresses", addresses: host.ownAddresses() });
    else if (event.kind === "cut") cut.resolve();
    else if (event.kind === "drained") gone("it was retired");
    else if (event.kind === "failed") gone(event.reason);
    else book.note(event);
  };
  const late = setTimeout(() => gone(`it did not listen within ${START_MS} ms`), START_MS);
  try {
    await listening.promise;
    await host.give(path, 0o600, options.account);
    await host.rename(path, options.socketPath);
    if (!alive) throw new Error("it ended while it started");
    started = true;
  } catch (error) {
    gone("it could not start");
    await host.remove(path);
    throw error;
  } finally {
    clearTimeout(late);
  }
  return {
    alive: () => alive,
    async retire(wanted) {
      const slow = setTimeout(() => gone("it did not retire"), RETIRE_MS);
      order({ kind: "retire", rules: wanted });
      await cut.promise;
      clearTimeout(slow);
    },
    end() {
      started = false;
      gone("it was ended");
    },
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
