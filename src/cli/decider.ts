import type { Inspection } from "../host/inspection.ts";

/** Who decides, as approvals and the audit log name it: `terminal:ada`, `cli:uid 1000`. */
export function decider(host: Inspection, where: "cli" | "terminal"): string {
  return `${where}:${host.env("USER") || `uid ${host.uid ?? "unknown"}`}`;
}
