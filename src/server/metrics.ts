import type { HttpParts } from "./http_parts.ts";
import { metricsText } from "./metrics_text.ts";
import type { SseStreams } from "./sse_streams.ts";

export interface Metrics {
  /** A request was answered. `route` is the pattern of its path: its values would be without number. */
  answered(method: string, route: string, status: number): void;
  /** As Prometheus reads it, version 0.0.4. */
  text(): string;
}

type Sources = Pick<HttpParts, "store" | "runs" | "version" | "now" | "residentBytes">;

export function metrics(parts: Sources, streams: Pick<SseStreams, "open" | "sent">): Metrics {
  const { store, runs, version, now, residentBytes } = parts;
  const requests = new Map<string, { labels: Record<string, string>; count: number }>();
  const startedAt = now().getTime() / 1000;
  return {
    answered(method, route, status) {
      const labels = { method, route, status: String(status) };
      const key = Object.values(labels).join(" ");
      const known = requests.get(key) ?? { labels, count: 0 };
      known.count++;
      requests.set(key, known);
    },
    text() {
      const { running, queued, waiting } = runs.counts();
      const sandbox = runs.sandbox();
      return metricsText([
        gauge("stakpak_info", "The version that runs.", { labels: { version }, value: 1 }),
        gauge("process_start_time_seconds", "When it started.", { value: startedAt }),
        gauge("process_resident_memory_bytes", "Memory of this process.", { value: residentBytes() }),
        gauge(
          "stakpak_runs",
          "Runs that have not ended, by state.",
          { labels: { state: "running" }, value: running },
          { labels: { state: "queued" }, value: queued },
          { labels: { state: "waiting" }, value: waiting },
        ),
        gauge("stakpak_approvals_pending", "Calls that wait for people.", {
          value: store.calls.pending().length,
        }),
        gauge("stakpak_tokens_today", "Tokens of all model calls since midnight, UTC.", {
          value: store.days.tokens(now().toISOString().slice(0, 10)),
        }),
        gauge("stakpak_event_streams", "Clients that follow events.", { value: streams.open }),
        counter("stakpak_events_sent_total", "Events that were sent to them.", { value: streams.sent }),
        ...(sandbox
          ? [
            gauge("stakpak_sandbox_healthy", "Whether the sandbox answers.", {
              labels: { mode: sandbox.mode },
              value: sandbox.healthy ? 1 : 0,
            }),
            counter(
              "stakpak_sandbox_respawns_total",
              "Boxes that were started in place of one that was gone.",
              {
                value: sandbox.totalRespawnAttempts,
              },
            ),
          ]
          : []),
        counter(
          "stakpak_http_requests_total",
          "Requests that were answered.",
          ...[...requests.values()].map(({ labels, count }) => ({ labels, value: count })),
        ),
      ]);
    },
  };
}

type Family = Parameters<typeof metricsText>[0][number];

function gauge(name: string, help: string, ...samples: Family["samples"]): Family {
  return { name, help, type: "gauge", samples };
}

function counter(name: string, help: string, ...samples: Family["samples"]): Family {
  return { name, help, type: "counter", samples };
}
