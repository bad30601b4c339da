/**
 * Another process. `PATH hold` holds an instance in that folder, and prints its id; `PATH write SESSION [COUNT]` writes
 * to the store there: it prints `open`, then the id of each event once it is on disk, then how it failed.
 *
 * @module
 */
import { UserError } from "../../src/domain/error.ts";
import { denoHost } from "../../src/host/deno_host.ts";
import { holdInstance } from "../../src/server/instances.ts";
import { openStore } from "../../src/server/open_store.ts";
import type { Store } from "../../src/server/store.ts";

const [path = "", work = "", session = "", count = "Infinity"] = Deno.args;

function say(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

/** Always as many events as messages: half a transaction would show. */
function writePair(store: Store): number {
  return store.transaction(() => {
    const { id } = store.events.append(session, undefined, {
      name: "text_delta",
      fields: { delta: `${Deno.pid}` },
    });
    store.messages.append(session, "r", { role: "user", text: `${Deno.pid}`.padEnd(20_000, ".") });
    return id;
  });
}

if (work === "hold") {
  const { id } = await holdInstance(denoHost([]), path, new AbortController().signal);
  say(id);
  setInterval(() => {}, 60_000);
} else {
  using store = await openStore(denoHost([]), path);
  say("open");
  try {
    for (let done = 0; done < Number(count); done++) say(String(writePair(store)));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    say(`failed: ${error.message}`);
  }
}
