import { lookAtStore } from "../server/open_store.ts";
import type { Store } from "../server/store.ts";
import type { Cli } from "./cli.ts";

/**
 * The store, to look at; `undefined` where there is none yet. What is in it was redacted when it was written: the
 * secrets that were configured since are known to `cli.terminal` as well.
 */
export async function lookedAtStore(cli: Cli): Promise<Store | undefined> {
  await cli.loadConfig();
  await cli.loadAutopilot();
  return await lookAtStore(cli.host, cli.paths.database);
}
