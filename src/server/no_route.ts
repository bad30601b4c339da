import type { NotFoundHandler } from "hono";
import { ApiError } from "./api_error.ts";
import type { HttpEnv, HttpRoutes } from "./http_env.ts";

/** What a path without a route for that method gets: 405 and the methods that it takes, or 404. */
export function noRoute(app: Pick<HttpRoutes, "routes">): NotFoundHandler<HttpEnv> {
  const routes = app.routes.filter(({ method }) => method !== "ALL").map(({ method, path }) => ({
    method,
    pattern: new RegExp(`^${path.replace(/:[a-z_]+/g, "[^/]+")}$`),
  }));
  return (c) => {
    const methods = new Set(
      routes.filter(({ pattern }) => pattern.test(c.req.path)).map(({ method }) => method),
    );
    if (methods.size === 0) {
      throw new ApiError(404, "not_found", "there is no such path", "see: /v1/openapi.json");
    }
    const allowed = [...methods, ...(methods.has("GET") ? ["HEAD"] : [])].join(", ");
    c.header("allow", allowed);
    throw new ApiError(405, "method_not_allowed", `this path takes ${allowed}`);
  };
}
