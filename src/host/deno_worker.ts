/**
 * Workers of this program: started from its own file, since a file beside a bundle is not in it.
 *
 * @module
 */
import { type LoadingTurn, loadInTurn } from "./load_in_turn.ts";
import type { StartWorker, WorkerGrants, WorkerPort } from "./worker.ts";

/** Starts workers of the program whose entry is the module `entry`. */
export function workersOf(entry: string): StartWorker {
  const hasPackages = entry.endsWith(".ts");
  return (name, grants, { said, failed }) => {
    let worker: Worker | undefined;
    let turn: LoadingTurn | undefined;
    let ended = false;
    const end = () => {
      if (ended) return;
      ended = true;
      worker?.terminate();
      turn?.cancel();
    };
    const fail = (reason: string) => {
      if (ended) return;
      end();
      failed(reason);
    };
    const load = () => {
      worker = new Worker(entry, { type: "module", name, deno: { permissions: permissionsOf(grants) } });
      worker.onmessage = ({ data, ports }) => {
        turn?.loaded();
        // No worker of ours hands one over; one that stays open is open for ever.
        for (const port of ports) port.close();
        if (!ended) said(data);
      };
      worker.onmessageerror = () => fail("it said what cannot be read");
      worker.onerror = (event) => {
        // Otherwise its end is ours.
        event.preventDefault();
        fail(event.message);
      };
    };
    const begin = () => {
      try {
        load();
      } catch (error) {
        // Whoever starts it does not know it yet.
        queueMicrotask(() => fail(error instanceof Error ? error.message : String(error)));
      }
    };
    if (hasPackages) turn = loadInTurn(begin);
    else begin();
    return { tell: (message) => ended || worker?.postMessage(message), end };
  };
}

function permissionsOf({ net, files, env }: WorkerGrants) {
  return {
    net: [...net],
    read: [...files],
    write: [...files],
    env: env ? [...env] : false,
    run: false,
    sys: false,
    ffi: false,
    import: false,
  } satisfies Deno.PermissionOptionsObject;
}

/** The end of this worker that its starter listens at. */
export function workerPort(): WorkerPort {
  const scope = self as unknown as Pick<Worker, "postMessage" | "onmessage">;
  return {
    tell: (message) => scope.postMessage(message),
    listen: (said) => void (scope.onmessage = ({ data }) => said(data)),
    heapBytes: () => Deno.memoryUsage().heapUsed,
  };
}
