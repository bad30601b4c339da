import type { SandboxState } from "./source.ts";

/** The fields of the seed's `SandboxHealth` in their order, with `mode` before and `gave_up` after them. */
export interface SandboxStateJson {
  readonly mode: SandboxState["mode"];
  readonly healthy: boolean;
  readonly consecutive_ok: number;
  readonly consecutive_failures: number;
  /** ISO 8601, UTC. */
  readonly last_ok: string | null;
  readonly last_error: string | null;
  readonly total_respawn_attempts: number;
  readonly gave_up: boolean;
}

/** As `/v1/health` and `sandbox status --json` show it. Source: DESIGN §7. */
export function stateJson(state: SandboxState): SandboxStateJson {
  return {
    mode: state.mode,
    healthy: state.healthy,
    consecutive_ok: state.consecutiveOk,
    consecutive_failures: state.consecutiveFailures,
    last_ok: state.lastOk ?? null,
    last_error: state.lastError ?? null,
    total_respawn_attempts: state.totalRespawnAttempts,
    gave_up: state.gaveUp,
  };
}
