import { UserError } from "../domain/error.ts";
import type { Store } from "./store.ts";

/** Events are what a client reads again; the conversation itself is in the messages, which stay. */
const KEPT_MS = 30 * 24 * 3_600_000;
const PAUSE_MS = 100;
const HOUR_MS = 3_600_000;

/**
 * Removes what is not to be kept, now and every hour, a part at a time, with pauses in which others write. Disposing
 * ends it.
 */
export function keepRetention(
  store: Pick<Store, "events">,
  now: () => Date,
  log: (line: string) => void,
): Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const prune = () => {
    let pruned = 0;
    try {
      pruned = store.events.prune(new Date(now().getTime() - KEPT_MS).toISOString());
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      log(`Old events are not removed: ${error.message}`);
    }
    timer = setTimeout(prune, pruned > 0 ? PAUSE_MS : HOUR_MS);
  };
  prune();
  return { [Symbol.dispose]: () => clearTimeout(timer) };
}
