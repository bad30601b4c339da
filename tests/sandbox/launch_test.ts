import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { statePaths } from "../../src/config/paths.ts";
import { UserError } from "../../src/domain/error.ts";
import { LaunchFailed, type LaunchStep } from "../../src/sandbox/box.ts";
import { boxSettings } from "../../src/sandbox/box_settings.ts";
import { launchBox } from "../../src/sandbox/launch.ts";
import type { LaunchParts } from "../../src/sandbox/launch_start.ts";
import { fakeClock } from "../fakes/fake_clock.ts";
import { type FakeDocker, fakeDocker } from "../fakes/fake_docker.ts";
import { test } from "../sanitized.ts";

const NEVER = new AbortController().signal;
const WORKSPACE = { kind: "directory", mode: 0o700, uid: 1000 } as const;
const EXITED = JSON.stringify({ Status: "exited", OOMKilled: false, ExitCode: 1, Error: "" });

interface Stage {
  readonly docker: FakeDocker;
  readonly parts: LaunchParts;
  readonly lines: string[];
  readonly egress: string[];
}

function stage(parts: Partial<LaunchParts> = {}): Stage {
  const docker = fakeDocker({ files: { "/home/ada/.stakpak/autopilot/workspace": WORKSPACE } });
  docker.answers = { "docker inspect": { stdout: EXITED }, "docker image": { stdout: "linux/amd64\n" } };
  const { host } = docker;
  const [lines, egress]: [string[], string[]] = [[], []];
  const settings = () => boxSettings(host, { paths: statePaths(host), sandbox: undefined, image: "debian" });
  return {
    docker,
    lines,
    egress,
    parts: {
      host,
      instance: {
        id: "0000000a",
        folder: "/run/s/0000000a",
        home: "h",
        [Symbol.asyncDispose]: () => Promise.resolve(),
      },
      engine: { selinux: false },
      program: { mounts: [], command: ["/opt/stakpak/stakpak"] },
      version: "0.0.0-test",
      settings,
      startEgress: ({ socketPath }) => {
        egress.push(`open ${socketPath.replace(/\/[0-9a-f]{8}\//g, "/*/")}`);
        const close = () => Promise.resolve(void egress.push("close"));
        return Promise.resolve({ update: () => Promise.resolve(), [Symbol.asyncDispose]: close });
      },
      decided: () => {},
      redact: (text) => text.replaceAll("s3cret", "[REDACTED]"),
      log: (line) => void lines.push(line),
      left: (container) => void lines.push(`left: ${container}`),
      ...parts,
    },
  };
}

async function failed(launching: Promise<unknown>, step: LaunchStep, message: RegExp): Promise<LaunchFailed> {
  try {
    await launching;
  } catch (error) {
    ok(error instanceof LaunchFailed, String(error));
    equal(error.step, step);
    match(error.message, message);
    return error;
  }
  throw new Error("it came up");
}

test("a box that is silent for a minute is given up, removed, and its way out closed", async () => {
  using clock = fakeClock();
  const { docker, parts, egress } = stage();
  const failing = failed(
    launchBox(parts, { session: "s1" }, NEVER),
    "handshake",
    /^Cannot start a sandbox: handshake: it did not name its certificate authority within 60 s\nit printed nothing$/,
  );
  await docker.whenStarted;
  for (let seconds = 0; seconds < 61; seconds++) await clock.pass(1_000);
  await failing;
  match(docker.started[0]!.join(" "), /^docker run --name stakpak-0000000a-[0-9a-f]{8} /);
  equal(docker.ran.at(-1), `docker rm --force --volumes ${docker.started[0]![3]}`);
  deepEqual(egress.map((line) => line.split(" ")[0]), ["open", "close"]);
});

test("a box that ends before it has named its authority is told with its end and its last words, redacted", async () => {
  const { docker, parts } = stage();
  const failing = failed(
    launchBox(parts, { session: "s1" }, NEVER),
    "handshake",
    /^Cannot start a sandbox: handshake: the box exited with code 1$/m,
  );
  await docker.whenStarted;
  docker.printError("panic: s3cret\n");
  docker.end(1);
  const { message } = await failing;
  deepEqual(message.split("\n").slice(1), [
    "Cannot trust the box: its output ended before a line ---BEGIN STAKPAK SERVER CA---",
    "it printed last:",
    "  panic: [REDACTED]",
  ]);
});

test("what docker itself could not start failed in the step start", async () => {
  const { docker, parts } = stage();
  const expected = /^Cannot start a sandbox: start: image debian is not present$/;
  const failing = failed(launchBox(parts, { session: "s1" }, NEVER), "start", expected);
  await docker.whenStarted;
  docker.printError("Unable to find image 'debian' locally\n");
  docker.end(125);
  equal((await failing).hint, "docker pull debian");
});

test("what is wrong with the settings is told in the step folders, with its hint, before anything is started", async () => {
  const { docker, parts } = stage({
    settings: () =>
      Promise.reject(new UserError("Cannot start a sandbox: volume / is /", { hint: "remove it" })),
  });
  const { hint } = await failed(
    launchBox(parts, { session: "s1" }, NEVER),
    "folders",
    /^Cannot start a sandbox: folders: volume \/ is \/$/,
  );
  equal(hint, "remove it");
  deepEqual(docker.started, []);
});

test("a launch whose signal aborts rejects with its reason, and leaves nothing", async () => {
  const { docker, parts } = stage();
  const stop = new AbortController();
  const stopped = rejects(launchBox(parts, { session: "s1" }, stop.signal), { message: "enough" });
  await docker.whenStarted;
  stop.abort(new Error("enough"));
  await stopped;
  match(docker.ran.at(-1)!, /^docker rm/);
  await rejects(launchBox(parts, { session: "s1" }, AbortSignal.abort(new Error("too late"))), {
    message: "too late",
  });
  equal(docker.started.length, 1);
});

test("a container that cannot be removed is told", async () => {
  const { docker, parts, lines } = stage();
  docker.answers = { ...docker.answers, "docker rm": { code: 1, stderr: "Cannot connect" } };
  const failing = failed(launchBox(parts, { session: "s1" }, NEVER), "handshake", /./);
  await docker.whenStarted;
  docker.end(1);
  await failing;
  match(lines[0]!, /^left: stakpak-0000000a-[0-9a-f]{8}$/);
});
