import { createRoute } from "@hono/zod-openapi";
import { failures, WITH_BODY, WITH_KEY } from "./api_responses.ts";
import { json, jsonBody, sessionId } from "./api_schemas.ts";
import * as schemas from "./api_schemas_messages.ts";
import type { HttpRoutes } from "./http_env.ts";
import type { HttpParts } from "./http_parts.ts";
import { idempotencyHeaders, once } from "./idempotency.ts";
import { messageJson } from "./message_json.ts";
import { needsSession } from "./needs_session.ts";
import { requestOf } from "./message_request.ts";

/** Saying something in a session, and what was said. */
export function addMessageRoutes(app: HttpRoutes, parts: HttpParts): void {
  const { store, runs } = parts;
  const middleware = [needsSession(store)];

  app.openapi({ ...sendMessage, middleware }, async (c) => {
    const { id } = c.req.valid("param");
    const body = c.req.valid("json");
    const sent = await once(c, parts, { body }, async () => {
      const request = requestOf(id, body, store.runs.active(id)?.id);
      if (request.kind === "message") {
        const { runId, cursor } = await runs.start(request.run);
        return { run_id: runId, cursor };
      }
      const cursor = store.events.bounds(id).newest;
      await runs.send(id, request.runId, request.kind, request.text);
      return { run_id: request.runId, cursor };
    });
    return c.json(sent, 200);
  });

  app.openapi({ ...listMessages, middleware }, (c) => {
    const { limit, offset, order } = c.req.valid("query");
    const page = store.messages.list(c.req.valid("param").id, {
      limit,
      offset,
      newestFirst: order === "newest",
    });
    return c.json({ messages: page.messages.map(messageJson), total: page.total }, 200);
  });
}

const tags = ["messages"];

const sendMessage = createRoute({
  method: "post",
  path: "/v1/sessions/{id}/messages",
  operationId: "sendMessage",
  tags,
  summary: "Start a run, or steer the one under way",
  description: "The answer comes when the run is recorded; everything later is told by events.",
  request: { params: sessionId, headers: idempotencyHeaders, body: jsonBody(schemas.sendMessage) },
  responses: {
    200: { description: "It was taken.", content: json(schemas.sentMessage) },
    ...failures(
      "invalid_message_role",
      "invalid_context",
      "invalid_overrides",
      "invalid_model",
      "invalid_profile",
      "not_found",
      "session_already_running",
      "session_not_running",
      "run_mismatch",
      "too_many_messages",
      "too_many_runs",
      "shutting_down",
      ...WITH_BODY,
      ...WITH_KEY,
    ),
  },
});

const listMessages = createRoute({
  method: "get",
  path: "/v1/sessions/{id}/messages",
  operationId: "listMessages",
  tags,
  summary: "The conversation, without the system prompt",
  request: { params: sessionId, query: schemas.messagesQuery },
  responses: {
    200: { description: "A page of it.", content: json(schemas.messagePage) },
    ...failures("not_found"),
  },
});
