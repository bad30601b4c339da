import type { MiddlewareHandler } from "hono";
import { ApiError } from "./api_error.ts";
import { fromHere, namesServer } from "./host_header.ts";
import type { HttpEnv } from "./http_env.ts";
import type { HttpParts } from "./http_parts.ts";

/** Paths that are answered without a token; with one, they say more. */
export const PUBLIC_PATHS: ReadonlySet<string> = new Set(["/v1/health", "/v1/ready", "/v1/openapi.json"]);

/** Lets nobody in who is not called by its name, comes from elsewhere's web page, or has no token. Nothing is read before. */
export function auth({ isToken, hosts }: Pick<HttpParts, "isToken" | "hosts">): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const { req } = c;
    const host = req.header("host");
    if (host === undefined || !namesServer(host, hosts())) {
      throw new ApiError(
        403,
        "forbidden_host",
        "the Host header is no name of this server",
        "call it by the address that it listens on, or by localhost",
      );
    }
    if (!fromHere({ host, origin: req.header("origin"), site: req.header("sec-fetch-site") })) {
      throw new ApiError(403, "forbidden_origin", "a web page from elsewhere may not ask this server");
    }
    const given = bearerOf(req.header("authorization"));
    const known = isToken === undefined || given !== undefined && await isToken(given);
    if (!known && !PUBLIC_PATHS.has(req.path)) {
      throw new ApiError(
        401,
        "unauthorized",
        given === undefined ? "there is no bearer token" : "the bearer token is not the one of this server",
        'send it: curl -H "Authorization: Bearer $(stakpak token)"',
      );
    }
    c.set("authenticated", known);
    await next();
  };
}

/** The token in an `Authorization` header. The scheme may be written in any case. */
export function bearerOf(header: string | undefined): string | undefined {
  return /^bearer +(\S+)$/i.exec(header?.trim() ?? "")?.[1];
}
