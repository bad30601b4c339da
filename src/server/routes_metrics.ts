import { createRoute } from "@hono/zod-openapi";
import * as z from "zod";
import { failures } from "./api_responses.ts";
import type { HttpRoutes } from "./http_env.ts";
import type { Metrics } from "./metrics.ts";

/** Numbers for Prometheus. */
export function addMetricsRoute(app: HttpRoutes, metrics: Metrics): void {
  app.openapi(showMetrics, (c) => c.text(metrics.text(), 200, { "content-type": TYPE }));
}

const TYPE = "text/plain; version=0.0.4; charset=utf-8";

const showMetrics = createRoute({
  method: "get",
  path: "/metrics",
  operationId: "showMetrics",
  tags: ["server"],
  summary: "Numbers, as Prometheus reads them",
  description: "New.",
  responses: {
    200: { description: "All of them.", content: { "text/plain": { schema: z.string() } } },
    ...failures(),
  },
});
