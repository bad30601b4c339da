/**
 * `/mcp` over HTTP: one MCP session for each client that initializes, each with a server of its own.
 *
 * A call's answer can be delivered on its own connection only. So when that breaks the call is cancelled, as if
 * the client had said so; otherwise a command would go on for nobody.
 *
 * @module
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { namesThisMachine } from "./local_names.ts";
import { type Server, WebStandardStreamableHTTPServerTransport as HttpTransport } from "./sdk.ts";

export interface HttpEndpoint {
  /** Answers one request. Never rejects. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Ends every session; their calls are cancelled. */
  close(): Promise<void>;
}

interface Session {
  readonly transport: HttpTransport;
  requests: number;
}

/** A client that starts anew leaves its session behind: the least recently used idle one makes room. */
const MAX_SESSIONS = 64;
const MAX_BODY_BYTES = 4 * 1024 * 1024;
const RPC_INVALID_REQUEST = -32600;
const RPC_PARSE_ERROR = -32700;
const RPC_SESSION_NOT_FOUND = -32001;

/** @param createServer makes the server of a new session, not yet connected */
export function httpEndpoint(createServer: () => Server, log: (line: string) => void): HttpEndpoint {
  const sessions = new Map<string, Session>();
  const open = async (): Promise<Session | undefined> => {
    if (sessions.size >= MAX_SESSIONS && !await dropIdle(sessions)) return undefined;
    const session: Session = {
      requests: 0,
      transport: new HttpTransport({
        sessionIdGenerator: () => crypto.randomUUID(),
        onsessioninitialized: (id) => void sessions.set(id, session),
      }),
    };
    session.transport.onclose = () => void sessions.delete(session.transport.sessionId ?? "");
    await createServer().connect(session.transport);
    return session;
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const [path] = (request.url ?? "").split("?");
    if (!namesThisMachine(request.headers)) {
      return refuse(response, 403, "Host or Origin is not this machine");
    }
    if (path !== "/mcp") return refuse(response, 404, "only /mcp is here");
    const body = request.method === "POST" ? await readJson(request) : undefined;
    if (body === TOO_LONG) return refuse(response, 413, `the body is longer than ${MAX_BODY_BYTES} bytes`);
    if (body === NOT_JSON) return refuse(response, 400, "the body is not JSON", RPC_PARSE_ERROR);
    const id = request.headers["mcp-session-id"];
    const session = typeof id === "string" ? sessions.get(id) : isInitialize(body) ? await open() : null;
    if (session === null) return refuse(response, 400, "Mcp-Session-Id is missing: initialize first");
    if (!session) {
      return id === undefined
        ? refuse(response, 503, `all ${MAX_SESSIONS} sessions are at work`)
        : refuse(response, 404, "Session not found", RPC_SESSION_NOT_FOUND);
    }
    if (typeof id === "string") keepAsNewest(sessions, id, session);
    await serve(session, request, response, body);
  };
  return {
    async handle(request, response) {
      try {
        await answer(request, response);
      } catch (error) {
        log(`Cannot answer a request: ${error instanceof Error ? error.message : String(error)}`);
        if (!response.headersSent) refuse(response, 500, "the server failed");
        else response.destroy();
      }
    },
    close: async () =>
      void await Promise.all([...sessions.values()].map(({ transport }) => transport.close())),
  };
}

async function serve(session: Session, request: IncomingMessage, response: ServerResponse, body: unknown) {
  const { transport } = session;
  session.requests++;
  response.once("close", () => {
    session.requests--;
    if (!response.writableFinished) { for (const id of requestIds(body)) cancel(transport, id); }
  });
  const headers = Object.entries(request.headers).map(([name, value]) =>
    [name, String(value)] as [string, string]
  );
  const asked = new Request("https://localhost/mcp", { method: request.method ?? "GET", headers });
  send(await transport.handleRequest(asked, body === undefined ? {} : { parsedBody: body }), response);
  for (const id of cancelledIds(body)) endAnswer(transport, id);
}

/** Passes an answer on as it comes; a client that goes away ends it. */
function send(answer: Response, response: ServerResponse): void {
  response.writeHead(answer.status, [...answer.headers].flat());
  response.flushHeaders();
  const reader = answer.body?.getReader();
  response.once("close", () => reader?.cancel().catch(() => {}));
  const pass = async () => {
    for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
      response.write(next.value);
    }
    response.end();
  };
  // It breaks off, and so the client knows.
  pass().catch(() => response.destroy());
}

/** Tells the server what a client would have told it. */
function cancel(transport: HttpTransport, requestId: string | number): void {
  const params = { requestId, reason: "the connection broke" };
  transport.onmessage?.({ jsonrpc: "2.0", method: "notifications/cancelled", params });
  endAnswer(transport, requestId);
}

/** A cancelled request has no response, and the SDK would keep its answer open for it. */
function endAnswer(transport: HttpTransport, id: string | number): void {
  transport.closeSSEStream(id);
  // Forgets the request; nobody is there to be told of it any more.
  transport.send({ jsonrpc: "2.0", id, error: { code: RPC_INVALID_REQUEST, message: "cancelled" } }).catch(
    () => {},
  );
}

function requestIds(body: unknown): (string | number)[] {
  return [body].flat().flatMap((message) => {
    const id: unknown = (message as { id?: unknown } | null | undefined)?.id;
    return typeof id === "string" || typeof id === "number" ? [id] : [];
  });
}

function cancelledIds(body: unknown): (string | number)[] {
  return [body].flat().flatMap((message) => {
    const { method, params } = (message ?? {}) as { method?: unknown; params?: { requestId?: unknown } };
    return method === "notifications/cancelled" ? requestIds({ id: params?.requestId }) : [];
  });
}

function isInitialize(body: unknown): boolean {
  return (body as { method?: unknown } | null | undefined)?.method === "initialize";
}

/** A Map keeps the order of insertion: the first is the one that was used least recently. */
function keepAsNewest(sessions: Map<string, Session>, id: string, session: Session): void {
  sessions.delete(id);
  sessions.set(id, session);
}

async function dropIdle(sessions: Map<string, Session>): Promise<boolean> {
  const idle = [...sessions.values()].find(({ requests }) => requests === 0);
  await idle?.transport.close();
  return idle !== undefined;
}

const TOO_LONG = Symbol("too long");
const NOT_JSON = Symbol("not JSON");

/** Reads to the end, also what is too long: a client that cannot write does not read the refusal. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  request.on("data", (chunk: Uint8Array) => {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
  });
  request.once("end", resolve);
  request.once("error", reject);
  request.once("close", () => reject(new Error("the request broke off")));
  await promise;
  if (bytes > MAX_BODY_BYTES) return TOO_LONG;
  try {
    return JSON.parse(new TextDecoder().decode(joined(chunks, bytes)));
  } catch {
    return NOT_JSON;
  }
}

function joined(chunks: readonly Uint8Array[], bytes: number): Uint8Array {
  if (chunks.length === 1) return chunks[0]!;
  const all = new Uint8Array(bytes);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/** Answers as JSON-RPC does where no request can be named, and ends the connection: more may be on its way. */
function refuse(
  response: ServerResponse,
  status: number,
  message: string,
  code: number = RPC_INVALID_REQUEST,
): void {
  response.writeHead(status, { "content-type": "application/json", connection: "close" });
  response.end(JSON.stringify({ jsonrpc: "2.0", error: { code, message }, id: null }));
}
