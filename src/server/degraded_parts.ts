import type { Degraded, HttpParts } from "./http_parts.ts";

/** Everything that does not work as it should. */
export function degradedParts({ runs, degraded }: Pick<HttpParts, "runs" | "degraded">): Degraded[] {
  const sandbox = runs.sandbox();
  if (!sandbox || sandbox.healthy && !sandbox.gaveUp) return [...degraded()];
  return [{ part: "sandbox", reason: sandbox.lastError ?? "it has not answered yet" }, ...degraded()];
}
