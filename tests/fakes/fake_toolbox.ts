import { type Toolbox, ToolboxGone } from "../../src/domain/toolbox.ts";
import type { Tool } from "../../src/mcp/tool.ts";
import { startToolCalls } from "../../src/mcp/tool_calls.ts";
import { fakeHost } from "./fake_host.ts";

export interface FakeToolbox extends Toolbox {
  /** From now on everything is `ToolboxGone`, what is under way included. */
  kill(): Promise<void>;
}

/** The tools without a wire. It passes the same suite as the client (`tests/suites/toolbox_suite.ts`). */
export function fakeToolbox(tools: readonly Tool[]): FakeToolbox {
  const calls = startToolCalls({ tools, host: fakeHost(), workspace: "/work", log() {} });
  const gone = Promise.withResolvers<never>();
  gone.promise.catch(() => {});
  let dead = false;
  const alive = (signal: AbortSignal) => {
    signal.throwIfAborted();
    if (dead) throw new ToolboxGone("Cannot reach the tools: killed", false);
  };
  return {
    list: async (signal) => {
      await Promise.resolve(alive(signal));
      return tools.map(({ name, description, inputSchema }) => ({
        name: `stakpak__${name}`,
        description,
        inputSchema,
      }));
    },
    async call({ id, name, input }, { signal, deadlineMs = 3_600_000, onProgress, session }) {
      alive(signal);
      const late = new AbortController();
      const timer = setTimeout(() => late.abort(), deadlineMs);
      const failed = (text: string) => ({ callId: id, text, isError: true });
      try {
        const ending = AbortSignal.any([signal, late.signal]);
        const say = (text: string) => onProgress?.(text);
        const whose = session === undefined ? undefined : { name: session, folder: true };
        const call = calls.call(name.replace("stakpak__", ""), input, ending, say, whose);
        if (!call) return failed("MCP_ERROR\nthere is no such tool");
        const { code, text } = await Promise.race([call, gone.promise]);
        return code === undefined ? { callId: id, text, isError: false } : failed(`${code}\n${text}`);
      } catch (error) {
        signal.throwIfAborted();
        if (late.signal.aborted) {
          return failed(`TOOL_CALL_TIMED_OUT\nNo answer within ${deadlineMs / 1_000} s: cancelled`);
        }
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },
    async kill() {
      dead = true;
      gone.reject(new ToolboxGone("Cannot reach the tools: killed", true));
      await calls.stop();
    },
  };
}
