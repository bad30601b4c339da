/**
 * Workers of this program: started from its own file, since a file beside a bundle is not in it.
 *
 * @module
 */
import type { StartWorker, WorkerPort } from "./worker.ts";

/** Starts workers of the program whose entry is the module `entry`. */
export function workersOf(entry: string): StartWorker {
  return (name, { net, files, env }, { said, failed }) => {
    const permissions = {
      net: [...net],
      read: [...files],
      write: [...files],
      env: env ? [...env] : false,
      run: false,
      sys: false,
      ffi: false,
      import: false,
    } satisfies Deno.PermissionOptionsObject;
    const worker = new Worker(entry, { type: "module", name, deno: { permissions } });
    let ended = false;
    const end = () => {
      if (!ended) worker.terminate();
      ended = true;
    };
    const fail = (reason: string) => {
      if (ended) return;
      end();
      failed(reason);
    };
    worker.onmessage = ({ data, ports }) => {
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
    return { tell: (message) => ended || worker.postMessage(message), end };
  };
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
