/**
 * The egress proxy in a Worker of its own. Its rights are the policy and its socket: whatever goes wrong in here
 * cannot connect to anything that is not listed.
 *
 * @module
 */
import { denoSockets } from "../host/deno_sockets.ts";
import { workerPort } from "../host/deno_worker.ts";
import type { EgressEvent, EgressOrder } from "./egress_events.ts";
import { egressPolicy } from "./egress_policy.ts";
import { type EgressProxy, serveEgress } from "./egress_proxy.ts";

/** A worker that runs out of heap takes the whole process with it: it ends itself well before. */
const MAX_HEAP_BYTES = 256 * 1024 * 1024;
const LOOK_EVERY_MS = 1_000;

/** Called by `main.ts` in the worker; works by the orders that come. */
export function runEgressWorker(): void {
  const port = workerPort();
  const tell = (event: EgressEvent) => port.tell(event);
  let proxy: EgressProxy | undefined;
  let asked: ((addresses: readonly string[]) => void)[] = [];
  const ours = () =>
    new Promise<readonly string[]>((resolve) => {
      asked.push(resolve);
      if (asked.length === 1) tell({ kind: "addresses" });
    });
  // Thrown, it would be printed past the redactor.
  const fail = (error: unknown) =>
    tell({ kind: "failed", reason: error instanceof Error ? error.message.slice(0, 200) : "it threw" });
  const start = (socketPath: string, rules: readonly string[]) => {
    const listener = denoSockets.listen({ socketPath });
    proxy = serveEgress({
      listener,
      policy: egressPolicy(rules),
      connect: (to, signal) => denoSockets.connect(to, signal),
      ours,
      tell,
    });
    proxy.drained.then(() => tell({ kind: "drained" }), fail);
    tell({ kind: "listening" });
  };
  port.listen((message) => {
    const order = message as EgressOrder;
    if (order.kind === "start") {
      try {
        start(order.socketPath, order.rules);
      } catch (error) {
        fail(error);
      }
    } else if (order.kind === "retire") {
      proxy?.retire(egressPolicy(order.rules));
      tell({ kind: "cut" });
    } else {
      const waiting = asked;
      asked = [];
      for (const resolve of waiting) resolve(order.addresses);
    }
  });
  setInterval(() => {
    const bytes = port.heapBytes();
    if (bytes > MAX_HEAP_BYTES) fail(new Error(`its heap has ${bytes} bytes, may have ${MAX_HEAP_BYTES}`));
  }, LOOK_EVERY_MS);
  tell({ kind: "ready" });
}
