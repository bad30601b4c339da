/**
 * The MCP server: lists the tools and carries out calls. One for each session, all with the same tools.
 *
 * @module
 */
import { sessionIn } from "./call_session.ts";
import { NO_SCHEMA_COMPILER } from "./no_schema_compiler.ts";
import { CallToolRequestSchema, ListToolsRequestSchema, Server } from "./sdk.ts";
import { throttle } from "./throttle.ts";
import type { ToolOutput } from "./tool.ts";
import type { ToolCalls } from "./tool_calls.ts";

export interface ServerOptions {
  readonly calls: ToolCalls;
  readonly version: string;
  /** What leaves a tool passes this. In a box nothing is secret yet: the supervisor redacts what comes out. */
  redact(text: string): string;
  /** Whether the client may say whose a call is, as in a box. Absent: all are nobody's. */
  readonly sessions?: boolean;
}

/** A command prints thousands of lines a second; whoever waits for it wants to see that it lives. */
const PROGRESS_INTERVAL_MS = 250;
const MAX_PROGRESS_CHARACTERS = 512;
/** Calls at a time in one session; more are refused. */
const MAX_SESSION_CALLS = 64;

/** Invalid params. The SDK passes code and message on; the message of its own `McpError` names the code twice. */
const NO_SUCH_TOOL = Object.assign(new Error("Cannot call the tool: there is none of that name"), {
  code: -32602,
});

/** A server that speaks on one transport: `await createServer(…).connect(transport)`. */
export function createServer({ calls, version, redact, sessions = false }: ServerOptions): Server {
  const server = new Server({ name: "stakpak", version }, {
    capabilities: { tools: {} },
    jsonSchemaValidator: NO_SCHEMA_COMPILER,
    instructions: "The Stakpak MCP server.",
  });
  let underWay = 0;
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: calls.tools.map(described) }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal, sendNotification }) => {
    if (underWay >= MAX_SESSION_CALLS) {
      return contentOf({
        code: "TOO_MANY_CALLS",
        text: `${MAX_SESSION_CALLS} calls are under way: wait for one`,
      });
    }
    const progressToken = params._meta?.progressToken;
    let progress = 0;
    using throttled = throttle(PROGRESS_INTERVAL_MS, (text) => {
      if (progressToken === undefined) return;
      const message = redact(text).slice(0, MAX_PROGRESS_CHARACTERS);
      progress++;
      // Nobody is there to be told that nobody is there.
      sendNotification({ method: "notifications/progress", params: { progressToken, progress, message } })
        .catch(() => {});
    });
    underWay++;
    try {
      const session = sessions ? sessionIn(params._meta) : undefined;
      const say = (text: string) => throttled.say(text);
      const call = calls.call(params.name, params.arguments, signal, say, session);
      if (!call) {
        throw NO_SUCH_TOOL;
      }
      const { code, text } = await call;
      return contentOf({ text: redact(text), ...(code !== undefined && { code }) });
    } finally {
      underWay--;
    }
  });
  return server;
}

function described({ name, description, annotations, inputSchema }: ToolCalls["tools"][number]) {
  return { name, description, annotations, inputSchema: { ...inputSchema, type: "object" as const } };
}

/** A failure is two blocks: its code, then the sentence. Source: `channels-and-mcp` spec §2.1. */
function contentOf({ code, text }: ToolOutput) {
  const blocks = code === undefined ? [text] : [code, text];
  const content = blocks.map((block) => ({ type: "text" as const, text: block }));
  return code === undefined ? { content } : { content, isError: true };
}
