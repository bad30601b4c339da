import { createRoute } from "@hono/zod-openapi";
import { API_CODES } from "./api_codes.ts";
import { failures, publicFailures } from "./api_responses.ts";
import { json } from "./api_schemas.ts";
import * as schemas from "./api_schemas_meta.ts";
import { serverConfig } from "./api_schemas_sessions.ts";
import { configJson } from "./config_json.ts";
import { healthJson } from "./health_json.ts";
import type { HttpRoutes } from "./http_env.ts";
import type { HttpParts } from "./http_parts.ts";
import { degradedParts } from "./degraded_parts.ts";

/** How the server is, and how it is set up. */
export function addMetaRoutes(app: HttpRoutes, parts: HttpParts, isDraining: () => boolean): void {
  const startedAt = parts.now();

  app.openapi(
    showHealth,
    (c) =>
      c.json(
        healthJson(parts, {
          startedAt,
          inFull: c.get("authenticated"),
          draining: isDraining(),
        }),
        200,
      ),
  );

  app.openapi(showReady, (c) => {
    const inFull = c.get("authenticated");
    const degraded = degradedParts(parts, isDraining()).map(({ part, reason }) => ({
      part,
      ...(inFull && { reason: parts.redact(reason) }),
    }));
    if (degraded.length === 0) return c.json({ ready: true as const, degraded }, 200);
    const error = `degraded: ${degraded.map(({ part }) => part).join(", ")}`;
    const code = "not_ready" as const;
    return c.json({ error, code, request_id: c.get("requestId"), ready: false as const, degraded }, 503);
  });

  app.openapi(listModels, async (c) => c.json({ models: [...await parts.models()] }, 200));

  app.openapi(showConfig, async (c) => c.json(configJson(await parts.settings()), 200));
}

const tags = ["server"];
const security: [] = [];

const showHealth = createRoute({
  method: "get",
  path: "/v1/health",
  operationId: "showHealth",
  tags,
  security,
  summary: "Whether it lives, and what it is",
  responses: {
    200: { description: "Always, as long as it lives.", content: json(schemas.health) },
    ...publicFailures(),
  },
});

const showReady = createRoute({
  method: "get",
  path: "/v1/ready",
  operationId: "showReady",
  tags,
  security,
  summary: "Whether it can do its work",
  description: "New.",
  responses: {
    200: { description: "It can.", content: json(schemas.ready) },
    ...publicFailures(),
    503: { description: `\`not_ready\`: ${API_CODES.not_ready.when}.`, content: json(schemas.notReady) },
  },
});

const listModels = createRoute({
  method: "get",
  path: "/v1/models",
  operationId: "listModels",
  tags,
  summary: "The models that are known",
  responses: {
    200: { description: "All of them.", content: json(schemas.models) },
    ...failures(),
  },
});

const showConfig = createRoute({
  method: "get",
  path: "/v1/config",
  operationId: "showConfig",
  tags,
  summary: "What runs go by that say nothing else",
  responses: {
    200: { description: "It.", content: json(serverConfig) },
    ...failures(),
  },
});
