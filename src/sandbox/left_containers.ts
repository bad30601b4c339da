import type { Host } from "../host/host.ts";
import { removeContainer } from "./box_process.ts";

/** Containers that could not be removed while docker did not answer. Disposing tries a last time. */
export interface LeftContainers extends AsyncDisposable {
  add(name: string): void;
  /** Removes them, beside what else is going on: docker answers again. */
  retry(): void;
}

/** `log` is told of each, and what is to be done about those that are left in the end. */
export function leftContainers(host: Host, log: (line: string) => void): LeftContainers {
  const names = new Set<string>();
  let trying = Promise.resolve();
  const removeAll = async () => {
    for (const name of names) {
      try {
        await removeContainer(host, name);
        names.delete(name);
      } catch {
        // Docker has gone again.
      }
    }
  };
  const retry = () => void (trying = trying.then(removeAll));
  return {
    retry,
    add(name) {
      names.add(name);
      log(`Cannot remove the container ${name} now: docker does not answer`);
    },
    async [Symbol.asyncDispose]() {
      retry();
      await trying;
      for (const name of names) {
        log(`The container ${name} is left; once docker answers: stakpak sandbox prune`);
      }
    },
  };
}
