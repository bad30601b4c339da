import type * as z from "zod";
import type { serverConfig } from "./api_schemas_sessions.ts";
import type { ServerSettings } from "./http_parts.ts";

/** How the server is set up, as the API shows it. */
export function configJson({ defaultModel, autoApprove }: ServerSettings): z.infer<typeof serverConfig> {
  return { default_model: defaultModel ?? null, auto_approve_mode: autoApprove };
}
