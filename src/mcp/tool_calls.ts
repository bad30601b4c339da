/**
 * The tools of one server at work: carries out calls, and can end them all with everything they started.
 *
 * @module
 */
import type { Host } from "../host/host.ts";
import type { CallSession } from "./call_session.ts";
import { sessionScopes } from "./session_scopes.ts";
import type { Tool, ToolOutput } from "./tool.ts";

export interface ToolCallsOptions {
  readonly tools: readonly Tool[];
  readonly host: Host;
  /** Absolute, every link resolved. */
  readonly workspace: string;
  /** Told of tools that fail for a reason of ours. */
  log(line: string): void;
}

export interface ToolCalls {
  readonly tools: readonly Tool[];
  /**
   * Carries out one call, nobody's or a session's. `undefined`: there is no such tool. Rejects with the reason of `signal`, or of the
   * stop, when the tool has ended all that it had started.
   */
  call(
    name: string,
    input: unknown,
    signal: AbortSignal,
    progress: (message: string) => void,
    session?: CallSession,
  ): Promise<ToolOutput> | undefined;
  /** Ends every call and whatever tools keep between calls. Waits for them, up to {@linkcode STOP_MS}. */
  stop(): Promise<void>;
}

/** Less than the two seconds after which the process ends in any case. */
export const STOP_MS = 1_500;
/** At the same time, over all sessions; more are refused. */
const MAX_CALLS = 256;

export function startToolCalls({ tools, host, workspace, log }: ToolCallsOptions): ToolCalls {
  const running = new Map<Promise<ToolOutput>, AbortController>();
  const scopes = sessionScopes(host, workspace);
  let stopped: Error | undefined;
  const run = async (
    tool: Tool,
    input: unknown,
    signal: AbortSignal,
    progress: (message: string) => void,
    session: CallSession | undefined,
  ) => {
    const use = await scopes.use(session);
    if (!("scope" in use)) return use;
    using _held = use;
    try {
      signal.throwIfAborted();
      return await tool.run(input, { scope: use.scope, signal, progress });
    } catch (error) {
      if (signal.aborted) throw error;
      log(`${tool.name} has a bug: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);
      return { code: "INTERNAL_ERROR", text: `${tool.name} failed for a reason of its own` };
    }
  };
  return {
    tools,
    call(name, input, signal, progress, session) {
      const tool = tools.find((one) => one.name === name);
      if (!tool) return undefined;
      if (stopped) return Promise.reject(stopped);
      if (running.size >= MAX_CALLS) {
        return Promise.resolve({
          code: "TOO_MANY_CALLS",
          text: `${MAX_CALLS} calls are under way: wait for one`,
        });
      }
      const ending = new AbortController();
      const onAbort = () => ending.abort(signal.reason);
      if (signal.aborted) onAbort();
      signal.addEventListener("abort", onAbort, { once: true });
      const call = run(tool, input, ending.signal, progress, session).finally(() => {
        signal.removeEventListener("abort", onAbort);
        running.delete(call);
      });
      running.set(call, ending);
      return call;
    },
    async stop() {
      stopped ??= new Error("the server is stopping");
      for (const ending of running.values()) ending.abort(stopped);
      await within(STOP_MS, Promise.allSettled([...running.keys(), scopes.stop()]));
    },
  };
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, ms);
  await Promise.race([work, late.promise]);
  clearTimeout(timer);
}
