/** A home with a store in it, and a session that has talked, waited and been judged. */
import { denoHost } from "../../src/host/deno_host.ts";
import { openStore } from "../../src/server/open_store.ts";
import type { CallRecord, SessionRecord } from "../../src/server/records.ts";
import type { Store } from "../../src/server/store.ts";
import { aCall, aRun } from "../fakes/run_records.ts";

/** The store of `home`, made where there is none. No two things happen in it at the same millisecond. */
export async function storeOf(home: string): Promise<Store> {
  let last = 0;
  const now = () => new Date(last = Math.max(last + 1, Date.now()));
  return await openStore(denoHost([]), `${home}/.stakpak/autopilot/autopilot.db`, { now });
}

export interface StoredSession {
  readonly session: SessionRecord;
  readonly runId: string;
}

/** A run that waits for `calls`, whose process is gone. */
export function waitingSession(store: Store, calls: readonly Partial<CallRecord>[]): StoredSession {
  const session = store.sessions.create({ title: "Free some disk space", origin: "cli" });
  const runId = crypto.randomUUID();
  const { request, owner } = aRun();
  store.transaction(() => {
    store.runs.begin({ id: runId, sessionId: session.id, owner, request });
    store.messages.append(session.id, runId, { role: "user", text: "Free some disk space" });
    const parts = calls.map((call, position) => {
      const { callId, tool, input } = aCall({ callId: `toolu_${position}`, ...call });
      return { type: "tool_call", call: { id: callId, name: tool, input } } as const;
    });
    const said = { type: "text", text: "I look first.\nThen:" } as const;
    store.messages.append(session.id, runId, { role: "assistant", parts: [said, ...parts] });
    store.events.append(session.id, runId, { name: "turn_started", fields: { turn: 1 } });
    const inADay = new Date(Date.now() + 86_400_000).toISOString();
    calls.forEach((call, position) => {
      store.calls.add({
        ...aCall({ callId: `toolu_${position}`, expiresAt: inADay, ...call }),
        sessionId: session.id,
        runId,
        position,
      });
    });
    store.runs.update(runId, { state: "waiting", turns: 1 });
  });
  return { session, runId };
}
