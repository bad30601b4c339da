import type { CatalogueModel } from "./api_schemas_meta.ts";
import type { RunService } from "./run_service.ts";
import type { Store } from "./store.ts";

/** What the HTTP API stands on; `cli/serve.ts` puts it together. */
export interface HttpParts {
  readonly store: Store;
  readonly runs: RunService;
  readonly version: string;
  /** Of this process, as the store names it. */
  readonly instance: string;
  /** Whether that is the bearer token as it is now. `undefined`: no token is asked for. */
  readonly isToken: ((given: string) => Promise<boolean>) | undefined;
  /** Names and addresses that clients may call this server by, beside those of this machine. Without a port. */
  hosts(): readonly string[];
  /** The models that can be chosen from now. */
  models(): Promise<readonly CatalogueModel[]>;
  settings(): Promise<ServerSettings>;
  now(): Date;
  /** Memory of this process, in bytes. */
  residentBytes(): number;
  /** Replaces every secret. */
  redact(text: string): string;
  /** One line for the log. */
  log(line: string): void;
}

export interface ServerSettings {
  /** `provider/model` */
  readonly defaultModel: string | undefined;
  readonly autoApprove: "none" | "all" | "custom";
}
