import assert from "node:assert/strict";
import { serverHealth } from "../../src/probes/server_health.ts";
import { ask } from "../fakes/ask.ts";
import { test } from "../sanitized.ts";

const HEALTH = "http://127.0.0.1:4096/v1/health";
const answering = (body: unknown) => ask(serverHealth, { http: { [HEALTH]: { status: 200, body } } });
const ours = (sandbox?: unknown) =>
  answering({
    status: "ok",
    service: "stakpak",
    instance: "7f3a",
    ...(sandbox === undefined ? {} : { sandbox }),
  });

test("server_health skips when nobody answers", async () => {
  const answer = await ask(serverHealth, {});
  assert.equal(answer.status, "skip");
  assert.equal(answer.summary, "Server health endpoint not reachable (not running is OK before start)");
});

test("server_health passes when our server answers, with the mode of its sandbox", async () => {
  const answer = await ours({ mode: "persistent", healthy: true });
  assert.deepEqual([answer.status, answer.summary], ["pass", "Server health endpoint reachable"]);
  assert.deepEqual(answer.details, ["sandbox mode: persistent"]);
});

test("server_health passes where boxes are made per session", async () => {
  assert.equal((await ours({ mode: "ephemeral" })).status, "pass");
  assert.equal((await ours()).status, "pass");
});

test("server_health blocks for now when the sandbox is unhealthy", async () => {
  const answer = await ours({ mode: "persistent", healthy: false });
  assert.equal(answer.status, "block");
  assert.equal(answer.summary, "Server health endpoint reachable, but its sandbox is unhealthy");
  assert.equal(answer.transient, true);
  assert.match(answer.fix!.command!, /^stakpak autopilot logs/);
});

test("server_health warns for now until the sandbox has answered once", async () => {
  const answer = await ours({ mode: "persistent", healthy: null });
  assert.deepEqual([answer.status, answer.transient], ["warn", true]);
});

test("server_health warns when someone else answers", async () => {
  const answer = await answering({ status: "ok", uptime_seconds: 5 });
  assert.equal(answer.status, "warn");
  assert.equal(answer.summary, "Another program answers on 127.0.0.1:4096");
  assert.match(answer.details[0]!, /Rust stakpak/);
  assert.equal(answer.fix!.command, `curl -sSm 5 ${HEALTH}`);
});

test("server_health has a command for Windows on Windows", async () => {
  const machine = {
    os: "windows",
    env: { USERPROFILE: "C:\\x" },
    http: { [HEALTH]: { status: 200, body: 1 } },
  } as const;
  assert.match((await ask(serverHealth, machine)).fix!.command!, /^Invoke-WebRequest /);
});
