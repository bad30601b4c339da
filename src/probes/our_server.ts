import { loopbackUrl } from "../config/listen.ts";
import type { ProbeContext } from "./probe.ts";

/** A health answer of our own comes from memory: who is silent longer is someone else. */
const PATIENCE_MS = 3_000;

export type ServerAnswer =
  | { readonly who: "nobody" }
  | { readonly who: "ours"; readonly health: Readonly<Record<string, unknown>> }
  | { readonly who: "other"; readonly details: readonly string[] };

/** Who answers on the configured address. Ours says `service: "stakpak"` and which instance it is (DESIGN §7). */
export async function askServer(
  { host, listen, signal }: Pick<ProbeContext, "host" | "listen" | "signal">,
  patienceMs = PATIENCE_MS,
): Promise<ServerAnswer> {
  const patience = AbortSignal.timeout(patienceMs);
  try {
    const url = `${loopbackUrl(listen)}/v1/health`;
    const answer = await host.getJson(url, AbortSignal.any([signal, patience]));
    if (!answer) return { who: "nobody" };
    const health = record(answer.body);
    if (health.service === "stakpak" && typeof health.instance === "string") return { who: "ours", health };
    const rust = health.status === "ok" && "uptime_seconds" in health;
    const details = rust
      ? ["it answers like the Rust stakpak: stop that one with its own `stakpak down`"]
      : [];
    return { who: "other", details };
  } catch (error) {
    if (!patience.aborted || signal.aborted) throw error;
    return { who: "other", details: ["it takes connections and does not answer"] };
  }
}

/** `value` as a table; empty when it is none. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" ? value as Record<string, unknown> : {};
}
