import { equal, match, ok } from "node:assert/strict";
import { ToolboxGone } from "../../src/domain/toolbox.ts";
import { BROKE_OFF, failureOf, isUnknownSession } from "../../src/mcp/client_failure.ts";
import { ErrorCode, McpError, StreamableHTTPError } from "../../src/mcp/sdk_client.ts";
import { NotSent } from "../../src/mcp/tls_fetch.ts";
import { test } from "../sanitized.ts";

function gone(error: unknown): ToolboxGone {
  const failure = failureOf(error);
  ok(failure instanceof ToolboxGone, `${failure}`);
  return failure;
}

test("what never reached the server has not run", () => {
  for (
    const error of [
      new NotSent("connect ENOENT"),
      new StreamableHTTPError(503, ""),
      new StreamableHTTPError(429, ""),
    ]
  ) {
    equal(gone(error).mayHaveRun, false);
  }
  match(gone(new NotSent("connect ENOENT")).message, /^Cannot reach the tools: connect ENOENT$/);
});

test("what broke off may have run", () => {
  const brokeOff = McpError.fromError(ErrorCode.ConnectionClosed, "the answer broke off", BROKE_OFF);
  const closed = McpError.fromError(ErrorCode.ConnectionClosed, "Connection closed");
  for (const error of [brokeOff, closed, new StreamableHTTPError(500, ""), new Error("ECONNRESET"), "odd"]) {
    equal(gone(error).mayHaveRun, true);
  }
});

test("what a server says itself is a failure of the call, whatever code it gives", () => {
  for (const code of [-32602, -32000, -32001, 12]) {
    equal(
      failureOf(McpError.fromError(code, "no such tool", {})),
      `MCP_ERROR\nMCP error ${code}: no such tool`,
    );
  }
  match(failureOf(new StreamableHTTPError(413, "too long")) as string, /^MCP_ERROR\n.*too long/);
});

test("a session that the server does not know is told from other failures", () => {
  equal(isUnknownSession(gone(new StreamableHTTPError(404, ""))), true);
  equal(isUnknownSession(gone(new StreamableHTTPError(503, ""))), false);
  equal(isUnknownSession(gone(new NotSent(""))), false);
});

test("an error that has been judged stays as it is", () => {
  const judged = new ToolboxGone("given back", false);
  equal(failureOf(judged), judged);
});
