import { deepEqual, equal } from "node:assert/strict";
import type { SandboxState } from "../../src/sandbox/source.ts";
import { test } from "../sanitized.ts";
import { httpStage } from "./http_stage.ts";

const DEAD: SandboxState = {
  mode: "persistent",
  healthy: false,
  consecutiveOk: 0,
  consecutiveFailures: 3,
  lastOk: "2026-11-23T09:00:00.000Z",
  lastError: "its stderr: hunter2secret at /home/ada",
  totalRespawnAttempts: 5,
  gaveUp: true,
};

test("health is 200 and says what it is, also while the sandbox is dead", async () => {
  await using stage = await httpStage();
  const fine = { service: "stakpak", status: "ok", instance: "0123456789abcdef", version: "1.2.3" };
  deepEqual((await stage.raw("/v1/health")).body, { ...fine, uptime_seconds: 0 });
  stage.temp.at = "2026-11-23T10:01:01.900Z";
  stage.runs.state = DEAD;
  const { status, body } = await stage.raw("/v1/health");
  deepEqual([status, body], [200, {
    ...fine,
    status: "degraded",
    uptime_seconds: 61,
    sandbox: { mode: "persistent", healthy: false },
  }]);
});

test("the sandbox's last words are for who has the token, without secrets", async () => {
  await using stage = await httpStage();
  stage.runs.state = DEAD;
  deepEqual((await stage.ask("GET", "/v1/health")).body.sandbox, {
    mode: "persistent",
    healthy: false,
    consecutive_ok: 0,
    consecutive_failures: 3,
    last_ok: "2026-11-23T09:00:00.000Z",
    last_error: "its stderr: [secret] at /home/ada",
    total_respawn_attempts: 5,
    gave_up: true,
  });
});

test("ready is 503 and names what is degraded; why is for who has the token", async () => {
  await using stage = await httpStage();
  deepEqual((await stage.raw("/v1/ready")).body, { ready: true, degraded: [] });
  stage.runs.state = DEAD;
  const { status, body } = await stage.raw("/v1/ready");
  deepEqual([status, body.code, body.error, body.ready, body.degraded], [
    503,
    "not_ready",
    "degraded: sandbox",
    false,
    [{ part: "sandbox" }],
  ]);
  deepEqual((await stage.ask("GET", "/v1/ready")).body.degraded, [
    { part: "sandbox", reason: "its stderr: [secret] at /home/ada" },
  ]);
});

test("a store that cannot be read, and the end of the server, are degraded parts", async () => {
  await using stage = await httpStage();
  stage.app.drain();
  deepEqual((await stage.ask("GET", "/v1/ready")).body.degraded, [{
    part: "server",
    reason: "it is ending",
  }]);
  stage.temp.store.days.tokens = () => {
    throw new Error("disk I/O error");
  };
  deepEqual((await stage.ask("GET", "/v1/ready")).body.degraded, [
    { part: "store", reason: "disk I/O error" },
    { part: "server", reason: "it is ending" },
  ]);
});

test("models and settings are those of now", async () => {
  let model = undefined as string | undefined;
  await using stage = await httpStage({
    parts: { settings: () => Promise.resolve({ defaultModel: model, autoApprove: "none" }) },
  });
  deepEqual((await stage.ask("GET", "/v1/models")).body, {
    models: [{
      id: "claude-sonnet-4-5",
      name: "Claude Sonnet 4.5",
      provider: "anthropic",
      reasoning: true,
      cost: { input: 3, output: 15 },
      limit: { context: 200_000, output: 64_000 },
    }],
  });
  deepEqual((await stage.ask("GET", "/v1/config")).body, { default_model: null, auto_approve_mode: "none" });
  model = "openai/gpt-5";
  equal((await stage.ask("GET", "/v1/config")).body.default_model, "openai/gpt-5");
});
