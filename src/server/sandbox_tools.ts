import { isOwnTool } from "../domain/tool_pattern.ts";
import type { SandboxLease, SandboxSource } from "../sandbox/source.ts";
import { heldOnce } from "./held_once.ts";
import { localContext } from "./local_context.ts";
import { onlyLooks, ownTools } from "./own_tools.ts";
import type { SessionTools } from "./session_tools.ts";

export interface SandboxToolsParts {
  readonly sessionId: string;
  /** Where boxes come from; started at the first need. Rejects with a `UserError` when no sandbox can be had. */
  source(): Promise<SandboxSource>;
  /** Told of a box that lacks tools of ours. */
  log(line: string): void;
}

/**
 * The tools of a session's box. A box of its own is made by the first call: until then its tools are those that this
 * program has.
 */
export function sandboxTools({ sessionId, source, log }: SandboxToolsParts): SessionTools {
  const lease = heldOnce(async (signal) => await (await source()).lease(sessionId, signal));
  let compared = false;
  const isShared = async () => (await source()).state().mode === "persistent";
  const compare = async (box: SandboxLease, signal: AbortSignal) => {
    if (compared) return;
    const listed = new Set((await box.list(signal)).map(({ name }) => name));
    if (compared) return;
    compared = true;
    const lacking = ownTools().filter(({ name }) => !listed.has(name)).map(({ name }) => name);
    if (lacking.length > 0) log(`Sandbox: the box of session ${sessionId} lacks ${lacking.join(", ")}`);
  };
  const tools: SessionTools = {
    place: "sandbox",
    isOurs: isOwnTool,
    onlyLooks,
    notes: () => [],
    list: async (signal) => await isShared() ? await (await lease.get(signal)).list(signal) : ownTools(),
    async call(call, options) {
      const box = await lease.get(options.signal);
      await compare(box, options.signal);
      return await box.call(call, options);
    },
    async workspace(signal) {
      return await isShared() || lease.isHeld() ? await localContext(tools, signal) : [];
    },
    [Symbol.asyncDispose]: () => lease[Symbol.asyncDispose](),
  };
  return tools;
}
