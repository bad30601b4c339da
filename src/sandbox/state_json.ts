import type { SandboxState } from "./source.ts";

/** As `/v1/health` shows it: `mode`, then the fields of the seed's `SandboxHealth`, then `gave_up`. Source: DESIGN §7. */
export function stateJson(state: SandboxState): Readonly<Record<string, string | number | boolean | null>> {
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
