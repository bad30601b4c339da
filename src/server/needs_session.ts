import type { MiddlewareHandler } from "hono";
import { ApiError } from "./api_error.ts";
import { sessionId } from "./api_schemas.ts";
import type { HttpEnv } from "./http_env.ts";
import { invalidRequest } from "./http_invalid.ts";
import type { SessionRecord } from "./records.ts";
import type { Store } from "./store.ts";

/** That session, or `ApiError` 404. */
export function foundSession(store: Store, id: string): SessionRecord {
  const found = store.sessions.get(id);
  if (found) return found;
  throw new ApiError(404, "not_found", `Session ${id} not found`);
}

/** Before anything else is read of a request: whether its session is there. */
export function needsSession(store: Store): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const params = { id: c.req.param("id") };
    const { success, data, error } = sessionId.safeParse(params);
    if (!success) throw invalidRequest(error.issues, params);
    foundSession(store, data.id);
    await next();
  };
}
