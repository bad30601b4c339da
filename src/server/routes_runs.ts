import { createRoute } from "@hono/zod-openapi";
import { failures, WITH_BODY, WITH_KEY } from "./api_responses.ts";
import { json, jsonBody, sessionId } from "./api_schemas.ts";
import * as schemas from "./api_schemas_calls.ts";
import type { HttpRoutes } from "./http_env.ts";
import type { HttpParts } from "./http_parts.ts";
import { idempotencyHeaders, once } from "./idempotency.ts";
import { needsSession } from "./needs_session.ts";

/** Ending the run under way, and giving it another model. */
export function addRunRoutes(app: HttpRoutes, parts: HttpParts): void {
  const { store, runs } = parts;
  const middleware = [needsSession(store)];

  app.openapi({ ...cancelRun, middleware }, async (c) => {
    const { id } = c.req.valid("param");
    const body = c.req.valid("json");
    const answer = await once(c, parts, { body }, async () => {
      await runs.cancel(id, body.run_id);
      return { cancelled: true as const, run_id: body.run_id };
    });
    return c.json(answer, 200);
  });

  app.openapi({ ...switchModel, middleware }, async (c) => {
    const { id } = c.req.valid("param");
    const body = c.req.valid("json");
    const answer = await once(c, parts, { body }, async () => {
      await runs.switchModel(id, body.run_id, body.model);
      return { accepted: true as const, run_id: body.run_id, model: body.model };
    });
    return c.json(answer, 200);
  });
}

const tags = ["runs"];

const cancelRun = createRoute({
  method: "post",
  path: "/v1/sessions/{id}/cancel",
  operationId: "cancelRun",
  tags,
  summary: "End the run under way",
  request: { params: sessionId, headers: idempotencyHeaders, body: jsonBody(schemas.cancelRun) },
  responses: {
    200: { description: "It has ended.", content: json(schemas.cancelled) },
    ...failures("not_found", "session_not_running", "run_mismatch", ...WITH_BODY, ...WITH_KEY),
  },
});

const switchModel = createRoute({
  method: "post",
  path: "/v1/sessions/{id}/model",
  operationId: "switchModel",
  tags,
  summary: "Give the run under way another model, from its next turn on",
  request: { params: sessionId, headers: idempotencyHeaders, body: jsonBody(schemas.switchModel) },
  responses: {
    200: { description: "It was taken.", content: json(schemas.modelAccepted) },
    ...failures(
      "invalid_model",
      "not_found",
      "session_not_running",
      "run_mismatch",
      ...WITH_BODY,
      ...WITH_KEY,
    ),
  },
});
