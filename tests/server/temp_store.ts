import { denoHost } from "../../src/host/deno_host.ts";
import { openStore } from "../../src/server/open_store.ts";
import type { CallRecord, RunRequestRecord } from "../../src/server/records.ts";
import type { Store } from "../../src/server/store.ts";

export interface TempStore extends AsyncDisposable {
  /** The newest one that was opened. */
  readonly store: Store;
  /** `<a new folder>/autopilot/autopilot.db` */
  readonly path: string;
  readonly folder: string;
  /** What the store takes for the present. */
  at: string;
  /** Closes the store and opens it anew. */
  reopen(): Promise<Store>;
  /** One more, on the same file. */
  another(): Promise<Store>;
}

/** A real store in a new folder, which is removed with it. */
export async function tempStore(): Promise<TempStore> {
  const home = await Deno.makeTempDir({ prefix: "stakpak-store-" });
  const folder = `${home}/autopilot`;
  const path = `${folder}/autopilot.db`;
  const opened: Store[] = [];
  const temp = {
    path,
    folder,
    at: "2026-11-23T10:00:00.000Z",
    get store() {
      return opened.at(-1)!;
    },
    async another() {
      const store = await openStore(denoHost([]), path, { now: () => new Date(temp.at) });
      opened.push(store);
      return store;
    },
    reopen() {
      opened.pop()?.[Symbol.dispose]();
      return temp.another();
    },
    async [Symbol.asyncDispose]() {
      for (const store of opened) store[Symbol.dispose]();
      await Deno.remove(home, { recursive: true });
    },
  };
  await temp.another();
  return temp;
}

export const REQUEST: RunRequestRecord = {
  text: "restart the web server",
  context: [],
  profile: "ops",
  model: undefined,
  overrides: {},
  pauseOnApproval: true,
};

/** A session with a run that has begun. */
export function begun(store: Store): { sessionId: string; runId: string } {
  const sessionId = store.sessions.create({ title: "restart", origin: "api" }).id;
  const runId = crypto.randomUUID();
  store.runs.begin({ id: runId, sessionId, owner: "0123456789abcdef", request: REQUEST });
  return { sessionId, runId };
}

type NewCall = Parameters<Store["calls"]["add"]>[0];

/** A call of that run that waits for a decision. */
export function pendingCall(
  run: { sessionId: string; runId: string },
  change: Partial<CallRecord> = {},
): NewCall {
  return {
    id: "call_0123456789ab",
    ...run,
    turn: 1,
    position: 0,
    callId: "toolu_01",
    tool: "stakpak__run_command",
    input: { command: "systemctl restart web" },
    hash: "ab".repeat(32),
    state: "pending",
    verdict: "ask",
    rule: "auto_approve lacks it",
    profile: "ops",
    place: "sandbox",
    requestedAt: "2026-11-23T10:00:00.000Z",
    expiresAt: "2026-11-24T10:00:00.000Z",
    ...change,
  };
}

/** The event of a turn's begin. */
export function turn(number: number): { readonly name: "turn_started"; readonly fields: { turn: number } } {
  return { name: "turn_started", fields: { turn: number } };
}
