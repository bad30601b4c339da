import { createRoute } from "@hono/zod-openapi";
import { failures, WITH_BODY, WITH_KEY } from "./api_responses.ts";
import { json, jsonBody, sessionId } from "./api_schemas.ts";
import * as schemas from "./api_schemas_calls.ts";
import { decisionAction } from "./decision_action.ts";
import type { HttpContext, HttpRoutes } from "./http_env.ts";
import type { HttpParts } from "./http_parts.ts";
import { idempotencyHeaders, once } from "./idempotency.ts";
import { needsSession } from "./needs_session.ts";
import type { DecisionAction } from "./run_service.ts";

/** Who decides, in the audit log: all that is known of whoever has the token. */
export const BY_API = "api";

/** Deciding about the calls of a run. */
export function addToolRoutes(app: HttpRoutes, parts: HttpParts): void {
  const { store, runs } = parts;
  const middleware = [needsSession(store)];
  const decided = (
    c: HttpContext,
    { id, runId, path, body }: { id: string; runId: string; path: string; body: unknown },
    decisions: () => Record<string, DecisionAction>,
  ) =>
    once(c, parts, { body, path }, async () => {
      await runs.decide(id, runId, decisions(), BY_API);
      return { accepted: true as const, run_id: runId };
    });

  app.openapi({ ...pendingCalls, middleware }, (c) => {
    const calls = store.calls.pending(c.req.valid("param").id);
    return c.json({
      run_id: calls[0]?.runId ?? null,
      tool_calls: calls.map(({ callId, tool, input }) => ({
        id: callId,
        name: tool,
        arguments: input as unknown,
      })),
    }, 200);
  });

  app.openapi({ ...decideCall, middleware }, async (c) => {
    const { id, tool_call_id } = c.req.valid("param");
    const body = c.req.valid("json");
    const answer = await decided(
      c,
      { id, runId: body.run_id, path: c.req.path, body },
      () => ({ [tool_call_id]: decisionAction(body) }),
    );
    return c.json(answer, 200);
  });

  for (const name of ["decisions", "resolve"] as const) {
    app.openapi({ ...decideCalls(name), middleware }, async (c) => {
      const { id } = c.req.valid("param");
      const body = c.req.valid("json");
      // One operation of two names: a key that was used with the one is used with the other.
      const path = `/v1/sessions/${id}/tools/decisions`;
      const answer = await decided(
        c,
        { id, runId: body.run_id, path, body },
        () =>
          Object.fromEntries(Object.entries(body.decisions).map(([key, one]) => [key, decisionAction(one)])),
      );
      return c.json(answer, 200);
    });
  }
}

const tags = ["tools"];
const OF_DECISIONS = [
  "not_found",
  "unknown_tool_call",
  "terminal_only",
  "run_mismatch",
  "session_not_running",
  "already_resolved",
  ...WITH_BODY,
  ...WITH_KEY,
] as const;

const pendingCalls = createRoute({
  method: "get",
  path: "/v1/sessions/{id}/tools/pending",
  operationId: "pendingCalls",
  tags,
  summary: "The calls that wait for a decision",
  request: { params: sessionId },
  responses: {
    200: { description: "None where no run waits.", content: json(schemas.pendingCalls) },
    ...failures("not_found"),
  },
});

const decideCall = createRoute({
  method: "post",
  path: "/v1/sessions/{id}/tools/{tool_call_id}/decision",
  operationId: "decideCall",
  tags,
  summary: "Decide about one call",
  request: {
    params: schemas.toolCallParams,
    headers: idempotencyHeaders,
    body: jsonBody(schemas.decideCall),
  },
  responses: {
    200: { description: "It is decided.", content: json(schemas.accepted) },
    ...failures(...OF_DECISIONS),
  },
});

const decideCalls = (name: "decisions" | "resolve") =>
  createRoute({
    method: "post",
    path: `/v1/sessions/{id}/tools/${name}` as "/v1/sessions/{id}/tools/decisions",
    operationId: name === "decisions" ? "decideCalls" : "resolveCalls",
    tags,
    summary: name === "decisions"
      ? "Decide about several calls: all of them or none"
      : "The same as decisions",
    request: { params: sessionId, headers: idempotencyHeaders, body: jsonBody(schemas.decideCalls) },
    responses: {
      200: { description: "They are decided.", content: json(schemas.accepted) },
      ...failures(...OF_DECISIONS),
    },
  });
