import assert from "node:assert/strict";
import type { ListenAnswer } from "../../src/host/inspection.ts";
import { bindPort } from "../../src/probes/bind_port.ts";
import { ask } from "../fakes/ask.ts";
import type { FakeMachine } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

type Reason = Extract<ListenAnswer, { free: false }>["reason"];

const taken = (reason: Reason, machine: FakeMachine = {}): FakeMachine => ({
  ...machine,
  listen: { "127.0.0.1:4096": { free: false, reason } },
});
const answering = (body: unknown): FakeMachine => ({
  http: { "http://127.0.0.1:4096/v1/health": { status: 200, body } },
});

test("bind_port passes when the address is free", async () => {
  const answer = await ask(bindPort, {});
  assert.deepEqual([answer.status, answer.summary], ["pass", "Bind address 127.0.0.1:4096 is available"]);
});

test("bind_port passes when the server there is ours, at startup too", async () => {
  const machine = taken("in_use", answering({ service: "stakpak", instance: "7f3a" }));
  for (const occasion of ["startup", "doctor"] as const) {
    const answer = await ask(bindPort, machine, { occasion });
    assert.equal(answer.status, "pass");
    assert.equal(answer.summary, "Server is already reachable on 127.0.0.1:4096");
  }
});

test("bind_port warns in doctor and blocks at startup when someone else has the port", async () => {
  for (const machine of [taken("in_use"), taken("in_use", answering({ service: "other" }))]) {
    const answer = await ask(bindPort, machine);
    assert.equal(answer.status, "warn");
    assert.equal(answer.summary, "Port 127.0.0.1:4096 is already in use or unavailable");
    assert.equal(answer.fix!.summary, "Stop the existing process or choose another bind address");
    assert.equal(answer.transient, true);
    assert.equal((await ask(bindPort, machine, { occasion: "startup" })).status, "block");
  }
});

test("bind_port finds the process with this system's own program", async () => {
  const command = async (os: "linux" | "darwin" | "windows") =>
    (await ask(bindPort, taken("in_use", { os, env: { USERPROFILE: "/x" } }))).fix!.command!;
  assert.equal(await command("linux"), "sudo ss -ltnp 'sport = :4096'");
  assert.match(await command("darwin"), /^sudo lsof .*:4096/);
  assert.match(await command("windows"), /^Get-NetTCPConnection .*4096/);
});

test("bind_port tells a privileged port, a foreign address and a bad one apart, none of them for now", async () => {
  const summaries = [
    ["privileged", "Port 127.0.0.1:4096 is reserved for the administrator"],
    ["not_local", "Address 127.0.0.1:4096 is not one of this machine"],
    ["bad_address", "Address 127.0.0.1:4096 cannot be used"],
  ] as const satisfies [Reason, string][];
  for (const [reason, summary] of summaries) {
    const answer = await ask(bindPort, taken(reason));
    assert.deepEqual([answer.status, answer.summary, answer.transient], ["warn", summary, false]);
    assert.match(answer.fix!.summary, /\[server\]/);
    assert.equal((await ask(bindPort, taken(reason), { occasion: "startup" })).status, "block");
  }
});

test("bind_port asks about the address of the command", async () => {
  const answer = await ask(bindPort, {}, { listen: { hostname: "::1", port: 80 } });
  assert.equal(answer.summary, "Bind address [::1]:80 is available");
});
