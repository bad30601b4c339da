import { deepEqual, equal, match } from "node:assert/strict";
import { test } from "../sanitized.ts";
import { httpStage, newSession } from "./http_stage.ts";
import { begun, pendingCall, turn } from "./temp_store.ts";
import { rawStream } from "./raw_stream.ts";

test("metrics tell of runs, approvals, tokens, streams, the sandbox, requests and memory", async () => {
  await using stage = await httpStage();
  const { store } = stage.temp;
  const run = begun(store);
  store.calls.add(pendingCall(run));
  store.events.append(run.sessionId, run.runId, turn(1));
  store.days.add("2026-11-23", {
    inputTokens: 100,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: 20,
    reasoningTokens: 0,
  });
  stage.runs.state = {
    mode: "ephemeral",
    healthy: true,
    consecutiveOk: 1,
    consecutiveFailures: 0,
    totalRespawnAttempts: 2,
    gaveUp: false,
  };
  await using stream = await rawStream(`${stage.url}/v1/sessions/${run.sessionId}/events?after=0`);
  await stream.until("id: 1\n");
  await newSession(stage);
  await newSession(stage);
  await stage.raw("/v1/sessions/somebody");
  const { status, headers, text } = await stage.ask("GET", "/metrics");
  deepEqual([status, headers.get("content-type")], [200, "text/plain; version=0.0.4; charset=utf-8"]);
  const samples = new Set(text.split("\n").filter((line) => !line.startsWith("#")));
  for (
    const sample of [
      'stakpak_info{version="1.2.3"} 1',
      "process_resident_memory_bytes 123456",
      'stakpak_runs{state="running"} 2',
      'stakpak_runs{state="queued"} 1',
      'stakpak_runs{state="waiting"} 3',
      "stakpak_approvals_pending 1",
      "stakpak_tokens_today 120",
      "stakpak_event_streams 1",
      "stakpak_events_sent_total 1",
      'stakpak_sandbox_healthy{mode="ephemeral"} 1',
      "stakpak_sandbox_respawns_total 2",
      'stakpak_http_requests_total{method="POST",route="/v1/sessions",status="201"} 2',
      'stakpak_http_requests_total{method="GET",route="/v1/sessions/{id}",status="401"} 1',
    ]
  ) equal(samples.has(sample), true, `${sample} is not in:\n${text}`);
});

test("what callers make up is no label: paths count by their pattern, methods by their list", async () => {
  await using stage = await httpStage();
  for (const path of ["/v1/a", "/v1/b"]) await stage.ask("GET", path);
  await stage.ask("MKCOL", "/v1/c");
  const { text } = await stage.ask("GET", "/metrics");
  match(text, /stakpak_http_requests_total\{method="GET",route="\(no route\)",status="404"\} 2/);
  match(text, /stakpak_http_requests_total\{method="\(another\)",route="\(no route\)",status="404"\} 1/);
});
