import { equal } from "node:assert/strict";
import { startBoxProcess } from "../../src/sandbox/box_process.ts";
import { launchFailure } from "../../src/sandbox/launch_failure.ts";
import { fakeClock } from "../fakes/fake_clock.ts";
import { fakeDocker } from "../fakes/fake_docker.ts";
import { test } from "../sanitized.ts";

const redact = (text: string) => text.replaceAll("s3cret", "[REDACTED]");

test("launchFailure() names the step and the cause, redacted; the rest is for what was started", async () => {
  const { message, step } = await launchFailure(fakeDocker().host, {
    step: "identity",
    error: new Error("no s3cret"),
    image: "debian",
    running: undefined,
    redact,
  });
  equal(message, "Cannot start a sandbox: identity: no [REDACTED]");
  equal(step, "identity");
});

test("launchFailure() does not wait for the end of a box that runs", async () => {
  using clock = fakeClock();
  const docker = fakeDocker();
  const process = startBoxProcess(docker.host, "box", ["docker", "run"], redact);
  docker.print("hello\n");
  const telling = launchFailure(docker.host, {
    step: "dial",
    error: new Error("wrong version number"),
    image: "debian",
    running: { process, whyEnded: () => Promise.reject(new Error("nobody asks")) },
    redact,
  });
  await clock.pass(1_000);
  equal(
    (await telling).message,
    "Cannot start a sandbox: dial: wrong version number\nit printed last:\n  hello",
  );
  await process.remove();
});
