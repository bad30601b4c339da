import { ToolboxGone } from "../domain/toolbox.ts";
import { ErrorCode, McpError, StreamableHTTPError } from "./sdk_client.ts";
import { NotSent } from "./tls_fetch.ts";

/** Data of the error that stands for an answer which broke off: by this very object it is told from a server's. */
export const BROKE_OFF: Readonly<Record<string, never>> = {};

/** HTTP answers of a server that has not done what it was asked, and may do so in a new session. */
const NOT_DONE = [404, 429, 503];

/**
 * What became of a request that failed: the words of a server that is there and said no, or the error to throw
 * since it is not.
 */
export function failureOf(error: unknown): string | ToolboxGone {
  const reason = error instanceof Error ? error.message : String(error);
  const gone = (mayHaveRun: boolean) =>
    new ToolboxGone(`Cannot reach the tools: ${reason}`, mayHaveRun, error);
  if (error instanceof ToolboxGone) return error;
  if (error instanceof NotSent) return gone(false);
  if (error instanceof StreamableHTTPError) {
    const status = error.code ?? 0;
    if (NOT_DONE.includes(status)) return gone(false);
    return status >= 400 && status < 500 ? `MCP_ERROR\n${reason}` : gone(true);
  }
  if (!(error instanceof McpError)) return gone(true);
  // The SDK says so as well when we close the session ourselves.
  const closed = error.code === ErrorCode.ConnectionClosed && error.message.endsWith(": Connection closed");
  return closed || error.data === BROKE_OFF ? gone(true) : `MCP_ERROR\n${reason}`;
}

/** Whether the server is there and does not know our session (any more). */
export function isUnknownSession({ cause }: ToolboxGone): boolean {
  return cause instanceof StreamableHTTPError && cause.code === 404;
}
