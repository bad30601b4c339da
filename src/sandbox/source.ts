/**
 * Where sessions get their box from; nothing else knows whether boxes are shared.
 *
 * @module
 */
import type { Toolbox } from "../domain/toolbox.ts";

/** How boxes fare, as the server and doctor show it. Source: seed `SandboxHealth`; DESIGN §7. */
export interface SandboxState {
  readonly mode: "persistent" | "ephemeral";
  readonly healthy: boolean;
  readonly consecutiveOk: number;
  readonly consecutiveFailures: number;
  /** ISO 8601, UTC. */
  readonly lastOk?: string;
  readonly lastError?: string;
  readonly totalRespawnAttempts: number;
  /** No more attempts are made: sandboxed runs are refused with `lastError`. */
  readonly gaveUp: boolean;
}

/**
 * A session's hold on a box. Each call goes to the box that lives then, so a respawn does not break a session.
 * A call whose box dies rejects with `ToolboxGone`. Disposing gives the box back.
 */
export interface SandboxLease extends Toolbox, AsyncDisposable {}

/** Disposing ends every box of it. */
export interface SandboxSource extends AsyncDisposable {
  /** Two leases of one session share its box. Rejects with a `UserError` when no sandbox can be had. */
  lease(sessionId: string, signal: AbortSignal): Promise<SandboxLease>;
  state(): SandboxState;
}
