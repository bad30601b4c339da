/**
 * Where the calls of each session work: in a folder of its own where that is wanted, with tasks of its own. Sessions
 * of one server are kept apart for tidiness; their commands can reach each other's files.
 *
 * @module
 */
import type { Host } from "../host/host.ts";
import { PathError } from "../host/inspection.ts";
import { walkPath } from "../host/walk_path.ts";
import type { CallSession } from "./call_session.ts";
import type { ToolOutput, ToolScope } from "./tool.ts";

export interface SessionScopes {
  /**
   * A hold on the scope of a session, or on the server's own; its folder is made where there is none. A failure
   * `SESSION_FOLDER_ERROR` where that cannot be used, `TOO_MANY_SESSIONS` where all have calls under way.
   */
  use(session: CallSession | undefined): Promise<ScopeUse | ToolOutput>;
  /** Ends whatever tools keep between calls. */
  stop(): Promise<void>;
}

/** Disposing lets go: a session without a hold may be forgotten. */
export interface ScopeUse extends Disposable {
  readonly scope: ToolScope;
}

/** One that is forgotten to make room for another loses its tasks; its files stay. */
const MAX_SESSIONS = 64;
const TOO_MANY: ToolOutput = {
  code: "TOO_MANY_SESSIONS",
  text: `${MAX_SESSIONS} sessions have calls under way: wait for one`,
};

interface Kept {
  readonly scope: ToolScope;
  users: number;
  end(): Promise<void>;
}

/** @param workspace absolute, every link resolved */
export function sessionScopes(host: Host, workspace: string): SessionScopes {
  const own = keep(host, workspace);
  const sessions = new Map<string, Kept>();
  const ending = new Set<Promise<void>>();
  const end = (kept: Kept) => {
    const ended = kept.end().finally(() => ending.delete(ended));
    ending.add(ended);
  };
  /** The one that was used least recently. */
  const forgetIdle = (): boolean => {
    const [key, idle] = [...sessions].find(([, { users }]) => users === 0) ?? [];
    if (key === undefined) return false;
    sessions.delete(key);
    end(idle!);
    return true;
  };
  const kept = ({ name, folder }: CallSession): Kept | undefined => {
    const key = `${folder ? "in" : "beside"} ${name}`;
    const known = sessions.get(key);
    if (!known && sessions.size >= MAX_SESSIONS && !forgetIdle()) return undefined;
    const session = known ?? keep(host, folder ? `${workspace}/${name}` : workspace);
    // A Map keeps the order of insertion.
    sessions.delete(key);
    sessions.set(key, session);
    return session;
  };
  return {
    async use(session) {
      const found = session === undefined ? own : kept(session);
      if (!found) return TOO_MANY;
      const hold = holdOn(found);
      try {
        if (session?.folder) await ensureFolder(host, found.scope.workspace);
        return hold;
      } catch (error) {
        hold[Symbol.dispose]();
        if (!(error instanceof PathError)) throw error;
        return { code: "SESSION_FOLDER_ERROR", text: error.message };
      }
    },
    async stop() {
      for (const kept of [own, ...sessions.values()]) end(kept);
      sessions.clear();
      await Promise.all(ending);
    },
  };
}

function keep(host: Host, workspace: string): Kept {
  const ends: (() => Promise<void>)[] = [];
  return {
    scope: { host, workspace, onStop: (end) => void ends.push(end) },
    users: 0,
    end: async () => void await Promise.allSettled(ends.splice(0).map((end) => end())),
  };
}

function holdOn(kept: Kept): ScopeUse {
  let held = true;
  kept.users++;
  return {
    scope: kept.scope,
    [Symbol.dispose]() {
      if (held) kept.users--;
      held = false;
    },
  };
}

/** At every call: a command may have removed it. A link would make another folder the session's. */
async function ensureFolder(host: Host, folder: string): Promise<void> {
  const { end, status } = await walkPath(host, folder);
  if (end !== folder) throw new PathError(folder, "it is a link");
  if (!status) return await host.makeFolder(folder);
  if (status.kind !== "directory") throw new PathError(folder, "it is no folder");
}
