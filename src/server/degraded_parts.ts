import type { HttpParts } from "./http_parts.ts";

/** Something that does not work as it should, while the server does. */
export interface Degraded {
  readonly part: "sandbox" | "store" | "server";
  readonly reason: string;
}

/** All that does not; `draining`: the server is about to end. */
export function degradedParts(
  { runs, store, now }: Pick<HttpParts, "runs" | "store" | "now">,
  draining: boolean,
): Degraded[] {
  const found: Degraded[] = [];
  const sandbox = runs.sandbox();
  if (sandbox && (!sandbox.healthy || sandbox.gaveUp)) {
    found.push({ part: "sandbox", reason: sandbox.lastError ?? "it has not answered yet" });
  }
  try {
    store.days.tokens(now().toISOString().slice(0, 10));
  } catch (error) {
    found.push({ part: "store", reason: error instanceof Error ? error.message : String(error) });
  }
  if (draining) found.push({ part: "server", reason: "it is ending" });
  return found;
}
