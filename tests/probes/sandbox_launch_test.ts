import { deepEqual, equal, rejects } from "node:assert/strict";
import { UserError } from "../../src/domain/error.ts";
import { sandboxLaunch } from "../../src/probes/sandbox_launch.ts";
import { LaunchFailed } from "../../src/sandbox/box.ts";
import { ask } from "../fakes/ask.ts";
import { test } from "../sanitized.ts";

const failing = (error: Error) => ask(sandboxLaunch, {}, { tryLaunch: () => Promise.reject(error) });

test("sandbox_launch passes with the time of each step", async () => {
  const timings = [{ step: "start", ms: 400.4 }, { step: "handshake", ms: 100.2 }] as const;
  const { status, summary, details } = await ask(sandboxLaunch, {}, {
    tryLaunch: () => Promise.resolve(timings),
  });
  deepEqual([status, summary], ["pass", "A sandbox starts in 501 ms"]);
  deepEqual(details, ["start: 400 ms", "handshake: 100 ms"]);
});

test("sandbox_launch blocks with what the launch said, and what to do", async () => {
  const { status, summary, details, fix } = await failing(
    new LaunchFailed(
      "start",
      "Cannot start a sandbox: there is no image x\nsaid at last: no such image",
      "docker pull x",
    ),
  );
  deepEqual([status, summary], ["block", "Cannot start a sandbox: there is no image x"]);
  deepEqual(details, ["said at last: no such image"]);
  equal(fix?.summary, "docker pull x");
});

test("sandbox_launch blocks where boxes cannot run at all, with a fix even without a hint", async () => {
  const { status, fix } = await failing(
    new UserError("Cannot start a sandbox: Docker is on another machine"),
  );
  equal(status, "block");
  equal(fix?.summary, "Mend what the message names, then ask again");
  await rejects(failing(new TypeError("a bug")), TypeError);
});

test("sandbox_launch skips without --live, and where [sandbox] cannot be used", async () => {
  equal((await ask(sandboxLaunch, {})).status, "skip");
  const files = { "/home/ada/.stakpak/autopilot.toml": "[sandbox]\nmemory = 1\n" };
  const { status, summary } = await ask(sandboxLaunch, { files }, {
    tryLaunch: () => Promise.reject(new Error()),
  });
  equal(status, "skip");
  equal(summary, "Skipped: [sandbox] of ~/.stakpak/autopilot.toml cannot be used as it is");
});
