import type { MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import type { HttpContext, HttpEnv } from "./http_env.ts";
import type { Metrics } from "./metrics.ts";

/**
 * Names each request, counts it, and logs it unless it only looked and that went well. Of its path the pattern alone is
 * said: what callers write into one is theirs.
 */
export function requestLog(metrics: Metrics, log: (line: string) => void): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const requestId = newRequestId();
    c.set("requestId", requestId);
    const began = performance.now();
    await next();
    c.header("x-request-id", requestId);
    const { method } = c.req;
    const { status } = c.res;
    const route = routeOf(c);
    metrics.answered(known(method), route, status);
    if (method === "GET" && status < 400) return;
    log(`${known(method)} ${route} ${status} in ${Math.round(performance.now() - began)} ms, ${requestId}`);
  };
}

/** `req_` and 32 hex digits. */
export function newRequestId(): string {
  return `req_${crypto.randomUUID().replaceAll("-", "")}`;
}

/** `/v1/sessions/{id}`; `(no route)` */
function routeOf(c: HttpContext): string {
  const path = matchedRoutes(c).findLast(({ method }) => method !== "ALL")?.path;
  return path?.replace(/:([a-z_]+)/g, "{$1}") ?? "(no route)";
}

const METHODS = new Set(["GET", "HEAD", "POST", "PATCH", "DELETE", "PUT", "OPTIONS"]);

function known(method: string): string {
  return METHODS.has(method) ? method : "(another)";
}
