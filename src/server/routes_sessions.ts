import { createRoute } from "@hono/zod-openapi";
import { ApiError } from "./api_error.ts";
import { failures, WITH_BODY, WITH_KEY } from "./api_responses.ts";
import { json, jsonBody, sessionId } from "./api_schemas.ts";
import * as schemas from "./api_schemas_sessions.ts";
import { configJson } from "./config_json.ts";
import type { HttpRoutes } from "./http_env.ts";
import type { HttpParts } from "./http_parts.ts";
import { idempotencyHeaders, once } from "./idempotency.ts";
import { foundSession, needsSession } from "./needs_session.ts";
import type { SessionRecord } from "./records.ts";
import { BY_API } from "./routes_tools.ts";
import { sessionJson } from "./session_json.ts";

/** Making, finding, naming and deleting sessions. */
export function addSessionRoutes(app: HttpRoutes, parts: HttpParts): void {
  const { store, runs } = parts;
  const shown = (record: SessionRecord) => sessionJson(record, store.runs.latest(record.id));
  const detail = async (record: SessionRecord) => ({
    session: shown(record),
    config: configJson(await parts.settings()),
  });

  app.openapi(listSessions, (c) => {
    const { limit, offset, search, status } = c.req.valid("query");
    if (status === "DELETED") return c.json({ sessions: [], total: 0 }, 200);
    const page = store.sessions.list({ limit, offset, ...(search !== undefined && { search }) });
    return c.json({ sessions: page.sessions.map(shown), total: page.total }, 200);
  });

  app.openapi(createSession, async (c) => {
    const body = c.req.valid("json");
    const made = await once(c, parts, { body }, () => {
      const { title, cwd } = body;
      const session = {
        title: parts.redact(title),
        origin: "api",
        ...(cwd && { cwd: parts.redact(cwd) }),
      } as const;
      return shown(store.sessions.create(session));
    });
    return c.json(made, 201);
  });

  app.openapi({ ...showSession, middleware: [needsSession(store)] }, async (c) => {
    return c.json(await detail(foundSession(store, c.req.valid("param").id)), 200);
  });

  app.openapi({ ...updateSession, middleware: [needsSession(store)] }, async (c) => {
    const { id } = c.req.valid("param");
    const { title, visibility } = c.req.valid("json");
    const change = {
      ...(typeof title === "string" && { title: parts.redact(title) }),
      ...(visibility && { visibility }),
    };
    if (Object.keys(change).length === 0) {
      throw new ApiError(400, "invalid_request", "nothing is to be changed: give title or visibility");
    }
    if (!store.sessions.update(id, change)) foundSession(store, id);
    return c.json(await detail(foundSession(store, id)), 200);
  });

  app.openapi({ ...deleteSession, middleware: [needsSession(store)] }, async (c) => {
    const { id } = c.req.valid("param");
    await runs.delete(id, BY_API);
    return c.body(null, 204);
  });
}

const tags = ["sessions"];

const listSessions = createRoute({
  method: "get",
  path: "/v1/sessions",
  operationId: "listSessions",
  tags,
  summary: "The sessions, the last used first",
  request: { query: schemas.sessionsQuery },
  responses: {
    200: { description: "A page of them.", content: json(schemas.sessionPage) },
    ...failures(),
  },
});

const createSession = createRoute({
  method: "post",
  path: "/v1/sessions",
  operationId: "createSession",
  tags,
  summary: "Begin a session",
  request: { headers: idempotencyHeaders, body: jsonBody(schemas.createSession) },
  responses: {
    201: { description: "It is there.", content: json(schemas.session) },
    ...failures(...WITH_BODY, ...WITH_KEY),
  },
});

const showSession = createRoute({
  method: "get",
  path: "/v1/sessions/{id}",
  operationId: "showSession",
  tags,
  summary: "One session",
  request: { params: sessionId },
  responses: {
    200: { description: "It, and how the server is set up.", content: json(schemas.sessionDetail) },
    ...failures("not_found"),
  },
});

const updateSession = createRoute({
  method: "patch",
  path: "/v1/sessions/{id}",
  operationId: "updateSession",
  tags,
  summary: "Change its title or visibility",
  request: { params: sessionId, body: jsonBody(schemas.updateSession) },
  responses: {
    200: { description: "As it is now.", content: json(schemas.sessionDetail) },
    ...failures("not_found", ...WITH_BODY),
  },
});

const deleteSession = createRoute({
  method: "delete",
  path: "/v1/sessions/{id}",
  operationId: "deleteSession",
  tags,
  summary: "Cancel its run and delete everything of it but its audit records",
  request: { params: sessionId },
  responses: {
    204: { description: "It is gone." },
    ...failures("not_found"),
  },
});
