import { isOwnTool } from "../domain/tool_pattern.ts";
import { sessionName } from "../domain/session_name.ts";
import { type HeldOnce, heldOnce } from "./held_once.ts";
import type { HostProcess } from "./host_process.ts";
import { localContext } from "./local_context.ts";
import { onlyLooks, ownTools } from "./own_tools.ts";
import type { SessionTools } from "./session_tools.ts";

export interface HostToolsParts {
  readonly sessionId: string;
  /** Starts the process that has them; see `startHostProcess`. */
  start(signal: AbortSignal): Promise<HostProcess>;
}

/** Our tools on this machine itself. Their process is started by the first call, and ends with the session's hold. */
export function hostTools({ sessionId, start }: HostToolsParts): SessionTools {
  const process: HeldOnce<HostProcess> = heldOnce(async (signal) => {
    const started = await start(signal);
    void started.ended.then(() => process.forget(started));
    return started;
  });
  const tools: SessionTools = {
    place: "host",
    isOurs: isOwnTool,
    onlyLooks,
    notes: () => [],
    list: () => Promise.resolve(ownTools()),
    async call(call, options) {
      const held = await process.get(options.signal);
      return await held.toolbox.call(call, { ...options, session: await sessionName(sessionId) });
    },
    workspace: (signal) => localContext(tools, signal),
    [Symbol.asyncDispose]: () => process[Symbol.asyncDispose](),
  };
  return tools;
}
