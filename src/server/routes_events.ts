import { createRoute } from "@hono/zod-openapi";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import * as z from "zod";
import { failures } from "./api_responses.ts";
import { sessionId } from "./api_schemas.ts";
import {
  eventEnvelopeSchema,
  eventsHeaders,
  eventsQuery,
  gapDetected,
  shutdown,
} from "./api_schemas_events.ts";
import type { HttpEnv, HttpRoutes } from "./http_env.ts";
import type { HttpParts } from "./http_parts.ts";
import { needsSession } from "./needs_session.ts";
import type { SseClient } from "./sse_feed.ts";
import type { SseStreams } from "./sse_streams.ts";

/** Following what happens in a session. */
export function addEventRoutes(
  app: HttpRoutes,
  { store }: Pick<HttpParts, "store">,
  streams: SseStreams,
): void {
  app.openapi({ ...followEvents, middleware: [needsSession(store)] }, (c) => {
    const { id } = c.req.valid("param");
    const after = c.req.valid("header")["last-event-id"] ?? c.req.valid("query").after;
    streams.admit();
    const { outgoing } = c.env;
    outgoing.writeHead(200, { ...SSE_HEADERS, "x-request-id": c.get("requestId") });
    if (c.req.method === "HEAD") outgoing.end();
    else {
      outgoing.flushHeaders();
      const stream = streams.follow(id, after, clientOf(outgoing));
      outgoing.on("drain", () => stream.onDrain());
      outgoing.once("close", () => stream[Symbol.dispose]());
      // It was closed before anybody listened, while the token was looked at.
      if (outgoing.destroyed) stream[Symbol.dispose]();
    }
    return RESPONSE_ALREADY_SENT;
  });
}

/** `no-transform` and `x-accel-buffering` are for proxies: they must not hold events back. */
const SSE_HEADERS = {
  "content-type": "text/event-stream",
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no",
};

function clientOf(outgoing: HttpEnv["Bindings"]["outgoing"]): SseClient {
  return {
    write: (bytes) => outgoing.destroyed || outgoing.write(bytes),
    end: () => void outgoing.end(),
    drop: () => void outgoing.destroy(),
  };
}

/** OpenAPI 3.1 cannot tell a stream from its items: who judges the text finds a text, who wants the items finds them. */
const eventStream = z.union([z.string(), eventEnvelopeSchema, gapDetected, shutdown]);

const followEvents = createRoute({
  method: "get",
  path: "/v1/sessions/{id}/events",
  operationId: "followEvents",
  tags: ["events"],
  summary: "Everything that happens in a session, as server-sent events",
  description: [
    "`data` of each event is an `EventEnvelope`; `event:` is its name in snake_case, `id:` its id.",
    "Two more have no id: `gap_detected` (`GapDetected`; all that is left follows) and `shutdown` (`Shutdown`, the",
    "last of a stream that the server ends). A comment comes every 15 s.",
  ].join(" "),
  request: { params: sessionId, query: eventsQuery, headers: eventsHeaders },
  responses: {
    200: {
      description: "The stream. It ends when either side ends it.",
      content: { "text/event-stream": { schema: eventStream } },
    },
    ...failures("not_found", "too_many_streams", "shutting_down"),
  },
});
