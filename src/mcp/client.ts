/**
 * A box's tools as a {@linkcode Toolbox}: the MCP client.
 *
 * The connection is made at the first use and made anew, with back-off, when it is lost. A call is sent again
 * only if it certainly never arrived. Nothing a box says is compiled: not its schemas, not its patterns.
 *
 * @module
 */
import { OWN_SERVER } from "../domain/tool_pattern.ts";
import {
  type CallOptions,
  type Toolbox,
  ToolboxGone,
  type ToolCall,
  type ToolDescription,
  type ToolResult,
} from "../domain/toolbox.ts";
import { sessionMeta } from "./call_session.ts";
import { callLimits } from "./call_limits.ts";
import { failureOf, isUnknownSession } from "./client_failure.ts";
import { type McpSession, openSession, type SessionOptions } from "./client_session.ts";
import { CallToolResultSchema, ListToolsResultSchema } from "./sdk_client.ts";

export type McpToolbox = Toolbox & AsyncDisposable;

export interface McpToolboxOptions extends SessionOptions {
  /** Whether sessions work in folders of their own in the workspace. Absent: all work in the workspace itself. */
  readonly sessionFolders?: boolean;
  /** What stands before `__` in every name that the agent sees. Absent: our own server's. Source: DESIGN §7. */
  readonly server?: string;
}

const TRIES = 5;
/** Doubled after every try. Source: `channels-and-mcp` spec §3.2. */
const FIRST_PAUSE_MS = 50;
const DEADLINE_MS = 60 * 60_000;
const LIST_DEADLINE_MS = 30_000;
const MAX_PAGES = 100;

/** The tools at the other end of `options.fetch`. Disposing ends the session; the connections are the caller's. */
export function mcpToolbox(options: McpToolboxOptions): McpToolbox {
  const disposed = new AbortController();
  let opening: Promise<McpSession> | undefined;
  const session = (): Promise<McpSession> => {
    if (opening) return opening;
    const mine = openSession(options, disposed.signal);
    const forget = () => void (opening === mine && (opening = undefined));
    mine.then(({ lost }) => lost.addEventListener("abort", forget, { once: true }), forget);
    return opening = mine;
  };
  /** Does `work` in a session, again and in a new one where that cannot do it twice. */
  const inSession = async <T>(signal: AbortSignal, work: (session: McpSession) => Promise<T>): Promise<T> => {
    let pauseMs = FIRST_PAUSE_MS;
    for (let tries = 1;; tries++) {
      disposed.signal.throwIfAborted();
      let opened: McpSession | undefined;
      try {
        opened = await unlessAborted(signal, session());
        return await work(opened);
      } catch (error) {
        signal.throwIfAborted();
        const gone = goneBy(error, opened === undefined);
        if (gone.mayHaveRun || tries === TRIES) throw gone;
        if (isUnknownSession(gone)) opened?.lose();
      }
      await pause(pauseMs, signal);
      pauseMs *= 2;
    }
  };
  return {
    list: (signal) => inSession(signal, (opened) => listTools(opened, prefixOf(options), signal)),
    call: (call, how) => inSession(how.signal, (opened) => callTool(opened, call, { ...options, ...how })),
    async [Symbol.asyncDispose]() {
      disposed.abort(new ToolboxGone("Cannot use the tools: they were given back", false));
      const opened = await opening?.catch(() => undefined);
      await opened?.close();
    },
  };
}

/** Nothing has been asked of a server that could not even be greeted. */
function goneBy(error: unknown, unopened: boolean): ToolboxGone {
  if (error instanceof ToolboxGone) return error;
  if (!unopened) throw error;
  const failure = failureOf(error);
  const reason = typeof failure === "string" ? `Cannot reach the tools: ${failure}` : failure.message;
  return new ToolboxGone(reason, false, error);
}

async function listTools(
  { client }: McpSession,
  prefix: string,
  signal: AbortSignal,
): Promise<ToolDescription[]> {
  const tools: ToolDescription[] = [];
  using limits = callLimits({ signal, deadlineMs: LIST_DEADLINE_MS });
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const request = { method: "tools/list", params: cursor === undefined ? {} : { cursor } } as const;
    const listed = await client.request(request, ListToolsResultSchema, limits.options).catch((error) => {
      signal.throwIfAborted();
      const failure = limits.isLate() ? `no answer within ${LIST_DEADLINE_MS / 1_000} s` : failureOf(error);
      if (typeof failure === "string") throw cannotList(failure);
      // Listing twice does no harm.
      throw new ToolboxGone(failure.message, false, failure.cause);
    });
    for (const { name, description = "", inputSchema } of listed.tools) {
      tools.push({ name: prefix + name, description, inputSchema });
    }
    cursor = listed.nextCursor;
    if (cursor === undefined) return tools;
  }
  throw cannotList(`there is no end to them after ${tools.length}`);
}

function prefixOf({ server = OWN_SERVER }: Pick<McpToolboxOptions, "server">): string {
  return `${server}__`;
}

function cannotList(reason: string): ToolboxGone {
  return new ToolboxGone(`Cannot list the tools: ${reason}`, true);
}

async function callTool(
  { client }: McpSession,
  call: ToolCall,
  how: CallOptions & Pick<McpToolboxOptions, "sessionFolders" | "server">,
): Promise<ToolResult> {
  const prefix = prefixOf(how);
  const name = call.name.startsWith(prefix) ? call.name.slice(prefix.length) : call.name;
  const { deadlineMs = DEADLINE_MS, session, sessionFolders: folder = false } = how;
  const failed = (text: string) => ({ callId: call.id, text, isError: true });
  using limits = callLimits({ ...how, deadlineMs });
  try {
    const params = {
      name,
      arguments: call.input as Record<string, unknown>,
      ...session !== undefined && { _meta: sessionMeta({ name: session, folder }) },
    };
    const answer = await client.request(
      { method: "tools/call", params },
      CallToolResultSchema,
      limits.options,
    );
    return { callId: call.id, text: textOf(answer.content), isError: answer.isError ?? false };
  } catch (error) {
    how.signal.throwIfAborted();
    if (limits.isLate()) {
      return failed(`TOOL_CALL_TIMED_OUT\nNo answer within ${deadlineMs / 1_000} s: cancelled`);
    }
    const failure = failureOf(error);
    if (failure instanceof ToolboxGone) throw failure;
    return failed(failure);
  }
}

/** Blocks of text as they are, of what else there is only that it was there. */
function textOf(content: readonly { type: string; text?: unknown }[]): string {
  return content.map(({ type, text }) => type === "text" ? text : `[${type} left out]`).join("\n");
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  const over = Promise.withResolvers<void>();
  const timer = setTimeout(over.resolve, ms);
  try {
    await unlessAborted(signal, over.promise);
  } finally {
    clearTimeout(timer);
  }
}

async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
