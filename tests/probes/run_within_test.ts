import assert from "node:assert/strict";
import { runWithin } from "../../src/probes/run_within.ts";
import { CommandNotFound } from "../../src/host/inspection.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const NEVER = new AbortController().signal;
const host = fakeHost({ commands: { "df -Pk": { stdout: "0\n" }, "docker ps": "hang" } });

test("runWithin() gives what a command left behind", async () => {
  assert.equal((await runWithin(60_000, host, ["df", "-Pk"], NEVER))?.stdout, "0\n");
});

test("runWithin() gives nothing when the command is silent for too long", async () => {
  assert.equal(await runWithin(1, host, ["docker", "ps"], NEVER), undefined);
});

test("runWithin() rejects when it is told to stop, and when there is no such program", async () => {
  const stopped = AbortSignal.abort(new Error("stop"));
  await assert.rejects(runWithin(60_000, host, ["docker", "ps"], stopped), { message: "stop" });
  await assert.rejects(runWithin(60_000, host, ["nothing"], NEVER), CommandNotFound);
});
