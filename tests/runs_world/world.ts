/**
 * Where scenarios play: a server with a model, tools and a store, all of it real but for the model.
 *
 * @module
 */
import type { Store } from "../../src/server/store.ts";
import type { ApiClient } from "./api_client.ts";
import type { Provider } from "./provider.ts";
import type { Inside } from "./scenario.ts";

export interface World extends AsyncDisposable {
  readonly client: ApiClient;
  readonly provider: Provider;
  /** The server's own store, or the same file opened by the test. */
  readonly store: Store;
  readonly home: string;
  /** Whether tools run in boxes; on this machine, approvals are given at a terminal alone. */
  readonly boxes: boolean;
  /** Where the tools of a session work, as this machine names it. */
  folderOf(sessionId: string): Promise<string>;
  /** `config.toml` from now on: what it was at first, and `more` behind it. */
  writeConfig(more: string): Promise<void>;
  /** What the server has said so far: log, stdout, stderr. */
  said(): string;
  readonly inside?: Inside;
}
