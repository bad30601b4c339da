import type * as z from "zod";
import { stateJson } from "../sandbox/state_json.ts";
import type { health } from "./api_schemas_meta.ts";
import { degradedParts } from "./degraded_parts.ts";
import type { HttpParts } from "./http_parts.ts";

type Health = z.infer<typeof health>;

/** What `/v1/health` says. A sandbox's last words may be anybody's, so only who has the token is told them. */
export function healthJson(
  parts: Pick<HttpParts, "runs" | "store" | "instance" | "version" | "now" | "redact">,
  { startedAt, inFull, draining }: {
    readonly startedAt: Date;
    readonly inFull: boolean;
    readonly draining: boolean;
  },
): Health {
  const { runs, instance, version, now } = parts;
  const state = runs.sandbox();
  return {
    service: "stakpak",
    status: degradedParts(parts, draining).length === 0 ? "ok" : "degraded",
    instance,
    version,
    uptime_seconds: Math.max(0, Math.floor((now().getTime() - startedAt.getTime()) / 1000)),
    ...(state &&
      { sandbox: inFull ? detailsOf(state, parts) : { mode: state.mode, healthy: state.healthy } }),
  };
}

function detailsOf(
  state: Parameters<typeof stateJson>[0],
  { redact }: Pick<HttpParts, "redact">,
): NonNullable<Health["sandbox"]> {
  const { lastError, ...others } = state;
  const shown = { ...others, ...(lastError !== undefined && { lastError: redact(lastError) }) };
  return stateJson(shown) as NonNullable<Health["sandbox"]>;
}
