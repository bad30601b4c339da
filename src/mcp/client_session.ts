import { callLimits } from "./call_limits.ts";
import { BROKE_OFF } from "./client_failure.ts";
import { NO_SCHEMA_COMPILER } from "./no_schema_compiler.ts";
import { Client, ErrorCode, StreamableHTTPClientTransport, type Transport } from "./sdk_client.ts";
import { type Fetch, watchedFetch } from "./watched_fetch.ts";

export interface SessionOptions {
  readonly fetch: Fetch;
  readonly version: string;
  /** Where the server is, for `fetch`. Absent: `https://localhost/mcp`. */
  readonly url?: string;
}

/** An initialized session with a server. */
export interface McpSession {
  readonly client: Client;
  /** Aborts when the session is not to be used any more. */
  readonly lost: AbortSignal;
  /** Gives the session up; whatever is under way in it fails. */
  lose(): void;
  /** Ends the session on the server as well. */
  close(): Promise<void>;
}

const INITIALIZE_MS = 10_000;
const GOODBYE_MS = 1_000;
/** The SDK tries to resume a stream that often, then says so, and its callers wait for ever. */
const RESUMED_IN_VAIN = /^Maximum reconnection attempts/;

/** Connects and initializes. Rejects with whatever went wrong. */
export async function openSession(options: SessionOptions, signal: AbortSignal): Promise<McpSession> {
  const lost = new AbortController();
  const watched = watchedFetch(options.fetch, (id) => {
    const error = { code: ErrorCode.ConnectionClosed, message: "the answer broke off", data: BROKE_OFF };
    // No effect where the response has come.
    transport.onmessage?.({ jsonrpc: "2.0", id, error });
  });
  const transport = new StreamableHTTPClientTransport(new URL(options.url ?? "https://localhost/mcp"), {
    fetch: watched.fetch,
  });
  const info = { name: "stakpak", version: options.version };
  const client = new Client(info, { jsonSchemaValidator: NO_SCHEMA_COMPILER });
  const lose = () => {
    lost.abort();
    watched.close();
    void client.close();
  };
  client.onclose = () => lost.abort();
  client.onerror = ({ message }) => {
    if (RESUMED_IN_VAIN.test(message)) lose();
  };
  using limits = callLimits({ signal, deadlineMs: INITIALIZE_MS });
  try {
    // The cast: the SDK's own classes do not agree under exactOptionalPropertyTypes.
    await client.connect(transport as Transport, limits.options);
  } catch (error) {
    lose();
    throw limits.isLate() ? new Error(`no answer within ${INITIALIZE_MS / 1_000} s`) : error;
  }
  return {
    client,
    lost: lost.signal,
    lose,
    async close() {
      if (!lost.signal.aborted) await goodbye(transport);
      lose();
    },
  };
}

/** So that the server ends what runs there now, and not when it notices that nobody is left. */
async function goodbye(transport: StreamableHTTPClientTransport): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, GOODBYE_MS);
  await Promise.race([transport.terminateSession().catch(() => {}), late.promise]);
  clearTimeout(timer);
}
