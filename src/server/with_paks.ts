import { PAKS_SERVER } from "../domain/tool_pattern.ts";
import { ToolboxGone, type ToolDescription } from "../domain/toolbox.ts";
import type { McpToolbox } from "../mcp/client.ts";
import { deadline } from "../sandbox/deadline.ts";
import type { SessionTools } from "./session_tools.ts";

const PREFIX = `${PAKS_SERVER}__`;
const LIST_MS = 10_000;

/** `own`, and what `paks` offers beside it. That one being away is a note, never a failure of a run. */
export function withPaks(own: SessionTools, paks: McpToolbox): SessionTools {
  const notes: string[] = [];
  let listed: readonly ToolDescription[] | undefined;
  const list = async (signal: AbortSignal): Promise<readonly ToolDescription[]> => {
    if (listed) return listed;
    using limit = deadline(LIST_MS, "it did not answer", signal);
    try {
      return listed = await paks.list(limit.signal);
    } catch (error) {
      signal.throwIfAborted();
      notes.push(
        `The tools of ${PAKS_SERVER} are left out: ${error instanceof Error ? error.message : String(error)}`,
      );
      return listed = [];
    }
  };
  return {
    ...own,
    notes: () => [...own.notes(), ...notes],
    async list(signal) {
      const [ours, theirs] = await Promise.all([own.list(signal), list(signal)]);
      return [...ours, ...theirs];
    },
    async call(call, { session: _, ...how }) {
      if (!call.name.startsWith(PREFIX)) return await own.call(call, how);
      try {
        return await paks.call(call, how);
      } catch (error) {
        how.signal.throwIfAborted();
        if (!(error instanceof ToolboxGone)) throw error;
        const whether = error.mayHaveRun ? "it may have been carried out" : "it was not carried out";
        return { callId: call.id, text: `SERVER_GONE\n${error.message}: ${whether}`, isError: true };
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([own[Symbol.asyncDispose](), paks[Symbol.asyncDispose]()]);
    },
  };
}
