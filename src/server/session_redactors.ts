import type { Redactor } from "../secrets/redactor.ts";
import type { RunParts } from "./run_parts.ts";

/** What one session knows of secrets stays with it, for as long as the session is in use. */
export interface SessionRedactors {
  /** The session's redactor, which knows the secrets of the configuration as it is now. */
  of(sessionId: string): Promise<Redactor>;
  forget(sessionId: string): void;
}

/**
 * Of sessions that were used last; each takes up to half a megabyte where many secrets are known. Runs under way keep
 * theirs. Others begin anew: their placeholders are not filled.
 */
const SESSIONS_MAX = 200;

export function sessionRedactors({ redactor }: Pick<RunParts, "redactor">): SessionRedactors {
  const held = new Map<string, Promise<Redactor>>();
  return {
    of(sessionId) {
      const known = held.get(sessionId);
      const refreshed = known ? known.then(redactor, () => redactor()) : redactor();
      held.delete(sessionId);
      held.set(sessionId, refreshed);
      for (const oldest of held.keys()) {
        if (held.size <= SESSIONS_MAX) break;
        held.delete(oldest);
      }
      return refreshed;
    },
    forget: (sessionId) => void held.delete(sessionId),
  };
}
