import { createRoute } from "@hono/zod-openapi";
import { ApiError } from "./api_error.ts";
import { approvalJson } from "./approval_json.ts";
import { failures, WITH_BODY, WITH_KEY } from "./api_responses.ts";
import { json, jsonBody } from "./api_schemas.ts";
import * as schemas from "./api_schemas_calls.ts";
import { decisionAction } from "./decision_action.ts";
import type { HttpRoutes } from "./http_env.ts";
import type { HttpParts } from "./http_parts.ts";
import { idempotencyHeaders, once } from "./idempotency.ts";
import type { CallRecord } from "./records.ts";
import { BY_API } from "./routes_tools.ts";

/** What waits for people, of all sessions. */
export function addApprovalRoutes(app: HttpRoutes, parts: HttpParts): void {
  const { store, runs } = parts;
  const found = (id: string): CallRecord => {
    const call = store.calls.get(id);
    // One that never had to be approved is no approval.
    if (call && call.verdict === "ask") return call;
    throw new ApiError(404, "unknown_approval", `Approval ${id} not found`);
  };

  app.openapi(listApprovals, (c) => {
    const { limit, offset, status, session_id: sessionId } = c.req.valid("query");
    if (status === "pending") {
      const waiting = store.calls.pending(sessionId);
      const page = waiting.slice(offset, offset + limit);
      return c.json({ approvals: page.map(approvalJson), total: waiting.length }, 200);
    }
    if (sessionId !== undefined) {
      throw new ApiError(400, "invalid_request", "session_id goes with status=pending alone");
    }
    const page = store.calls.approvals({ limit, offset });
    return c.json({ approvals: page.approvals.map(approvalJson), total: page.total }, 200);
  });

  app.openapi(showApproval, (c) => c.json(approvalJson(found(c.req.valid("param").id)), 200));

  app.openapi(decideApproval, async (c) => {
    const { id } = c.req.valid("param");
    const body = c.req.valid("json");
    const { hash } = found(id);
    const answer = await once(c, parts, { body }, async () => {
      if (body.hash && body.hash !== hash) {
        throw new ApiError(409, "approval_changed", "hash is not that of this approval");
      }
      await runs.decideApproval(id, decisionAction(body), BY_API);
      return { accepted: true as const, id };
    });
    return c.json(answer, 200);
  });
}

const tags = ["approvals"];

const listApprovals = createRoute({
  method: "get",
  path: "/v1/approvals",
  operationId: "listApprovals",
  tags,
  summary: "The calls that wait for people, or ever did",
  description: "New.",
  request: { query: schemas.approvalsQuery },
  responses: {
    200: { description: "A page of them.", content: json(schemas.approvalPage) },
    ...failures(),
  },
});

const showApproval = createRoute({
  method: "get",
  path: "/v1/approvals/{id}",
  operationId: "showApproval",
  tags,
  summary: "One of them",
  description: "New.",
  request: { params: schemas.approvalParams },
  responses: {
    200: { description: "It.", content: json(schemas.approval) },
    ...failures("unknown_approval"),
  },
});

const decideApproval = createRoute({
  method: "post",
  path: "/v1/approvals/{id}",
  operationId: "decideApproval",
  tags,
  summary: "Decide about one, whose session need not be known",
  description: "New.",
  request: {
    params: schemas.approvalParams,
    headers: idempotencyHeaders,
    body: jsonBody(schemas.decideApproval),
  },
  responses: {
    200: { description: "It is decided.", content: json(schemas.decided) },
    ...failures(
      "unknown_approval",
      "terminal_only",
      "already_resolved",
      "approval_changed",
      ...WITH_BODY,
      ...WITH_KEY,
    ),
  },
});
