/**
 * The HTTP API: `/v1/*` and `/metrics`. docs/api.md is its contract; the OpenAPI document is made of the schemas that
 * validate.
 *
 * @module
 */
import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import * as z from "zod";
import { publicFailures } from "./api_responses.ts";
import { json } from "./api_schemas.ts";
import { auth } from "./auth.ts";
import { bodyLimit } from "./body_limit.ts";
import type { HttpEnv, HttpRoutes } from "./http_env.ts";
import { failureResponse } from "./http_failure.ts";
import { invalidRequest } from "./http_invalid.ts";
import type { HttpParts } from "./http_parts.ts";
import { metrics } from "./metrics.ts";
import { noRoute } from "./no_route.ts";
import { openapiDocument } from "./openapi.ts";
import { requestLog } from "./request_log.ts";
import { addApprovalRoutes } from "./routes_approvals.ts";
import { addAuditRoutes } from "./routes_audit.ts";
import { addEventRoutes } from "./routes_events.ts";
import { addMessageRoutes } from "./routes_messages.ts";
import { addMetaRoutes } from "./routes_meta.ts";
import { addMetricsRoute } from "./routes_metrics.ts";
import { addRunRoutes } from "./routes_runs.ts";
import { addSessionRoutes } from "./routes_sessions.ts";
import { addToolRoutes } from "./routes_tools.ts";
import { sseStreams, type StreamsOptions } from "./sse_streams.ts";

export interface HttpApp {
  /** Answers one request. Never rejects. */
  fetch(request: Request, bindings: HttpEnv["Bindings"]): Response | Promise<Response>;
  /** From now on it is not ready. */
  drain(): void;
  /** Ends every stream of events with a final one, and begins none any more. */
  endStreams(): void;
}

export function httpApp(
  parts: HttpParts,
  limits: Pick<StreamsOptions, "most" | "keepAliveMs"> = {},
): HttpApp {
  const app: HttpRoutes = new OpenAPIHono<HttpEnv>({
    defaultHook: (result) => {
      if (result.success) return;
      // What was read is there, but not declared.
      throw invalidRequest(result.error.issues, (result as { data?: unknown }).data);
    },
  });
  let draining = false;
  const streams = sseStreams(parts.store, { ...limits, log: parts.log });
  const counted = metrics(parts, streams);
  app.use(requestLog(counted, parts.log));
  app.use(auth(parts));
  app.use(bodyLimit);
  app.onError((error, c) => failureResponse(c, error, parts));
  addSessionRoutes(app, parts);
  addMessageRoutes(app, parts);
  addRunRoutes(app, parts);
  addEventRoutes(app, parts, streams);
  addToolRoutes(app, parts);
  addApprovalRoutes(app, parts);
  addAuditRoutes(app, parts);
  addMetaRoutes(app, parts, () => draining);
  addMetricsRoute(app, counted);
  const document = () => written ??= openapiDocument(app, parts.version);
  let written: ReturnType<typeof openapiDocument> | undefined;
  app.openapi(showOpenapi, (c) => c.json(document() as unknown as Record<string, never>, 200));
  app.notFound(noRoute(app));
  return {
    fetch: (request, bindings) => app.fetch(request, bindings),
    drain: () => void (draining = true),
    endStreams: () => streams.close(),
  };
}

const showOpenapi = createRoute({
  method: "get",
  path: "/v1/openapi.json",
  operationId: "showOpenapi",
  tags: ["server"],
  security: [],
  summary: "This document",
  responses: {
    200: { description: "OpenAPI 3.1.", content: json(z.record(z.string(), z.unknown())) },
    ...publicFailures(),
  },
});
