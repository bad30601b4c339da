import { createRoute } from "@hono/zod-openapi";
import type * as z from "zod";
import { failures } from "./api_responses.ts";
import { json } from "./api_schemas.ts";
import * as schemas from "./api_schemas_calls.ts";
import type { HttpRoutes } from "./http_env.ts";
import type { HttpParts } from "./http_parts.ts";
import type { AuditRecord } from "./records.ts";

/** What was done, judged and decided. */
export function addAuditRoutes(app: HttpRoutes, { store }: HttpParts): void {
  app.openapi(listAudit, (c) => {
    const { limit, offset, session_id, kind } = c.req.valid("query");
    const page = store.audit.list({
      limit,
      offset,
      ...(session_id !== undefined && { sessionId: session_id }),
      ...(kind && { kind }),
    });
    return c.json({ records: page.records.map(auditJson), total: page.total }, 200);
  });
}

function auditJson({ sessionId, runId, ...record }: AuditRecord): z.infer<typeof schemas.auditRecord> {
  return { ...record, session_id: sessionId ?? null, run_id: runId ?? null };
}

const listAudit = createRoute({
  method: "get",
  path: "/v1/audit",
  operationId: "listAudit",
  tags: ["audit"],
  summary: "The audit log, the newest first",
  description: "New.",
  request: { query: schemas.auditQuery },
  responses: {
    200: { description: "A page of it.", content: json(schemas.auditPage) },
    ...failures(),
  },
});
