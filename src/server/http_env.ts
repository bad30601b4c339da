import type { OpenAPIHono } from "@hono/zod-openapi";
import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";

/** What a request carries through its handlers. */
export interface HttpEnv {
  Bindings: HttpBindings;
  Variables: {
    /** `req_` and 32 hex digits: names it in its answer and in the log. */
    requestId: string;
    /** Whether it brought the token, or none is asked for. */
    authenticated: boolean;
  };
}

export type HttpRoutes = OpenAPIHono<HttpEnv>;
export type HttpContext = Context<HttpEnv>;
