import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { UserError } from "../../src/domain/error.ts";
import { askEngine } from "../../src/sandbox/engine.ts";
import { fakeClock } from "../fakes/fake_clock.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const NEVER = new AbortController().signal;
const INFO = "docker info -f {{.OperatingSystem}}\t{{json .SecurityOptions}}";
const VERSION = "docker version -f {{.Server.Version}}";
const ADDRESS = "docker context inspect -f {{.Endpoints.docker.Host}}";

function machine(info: string, address = "unix:///var/run/docker.sock") {
  return fakeHost({ commands: { [INFO]: { stdout: `${info}\n` }, [ADDRESS]: { stdout: `${address}\n` } } });
}

test("askEngine() takes dockerd on this machine, and sees whether SELinux is in force", async () => {
  deepEqual(await askEngine(machine('Debian\t["name=seccomp,profile=default"]'), NEVER), { selinux: false });
  deepEqual(await askEngine(machine('Fedora\t["name=seccomp","name=selinux"]'), NEVER), { selinux: true });
});

test("askEngine() refuses every Docker where a shared socket does not connect, and says which it is", async () => {
  const refused: [Parameters<typeof machine>, RegExp][] = [
    [
      ["Debian\t[]", "tcp://10.0.0.7:2376"],
      /^Cannot start a sandbox: Docker is on another machine, and there a socket/,
    ],
    [["Debian\t[]", "ssh://ada@far"], /another machine/],
    [["Docker Desktop\t[]"], /the virtual machine of Docker Desktop/],
    [['Debian\t["name=userns"]'], /other user ids than this machine's/],
    [['Debian\t["name=rootless"]'], /other user ids/],
  ];
  for (const [described, message] of refused) {
    await rejects(askEngine(machine(...described), NEVER), (error) => {
      ok(error instanceof UserError);
      match(error.message, message);
      equal(error.exitCode, 2);
      return true;
    });
  }
});

test("askEngine() says when docker does not answer, or is not there", async () => {
  const down = fakeHost({
    commands: {
      [INFO]: { code: 1, stderr: "Cannot connect to the Docker daemon at X.\n" },
      [VERSION]: { stdout: "28.0\n" },
      [ADDRESS]: {},
    },
  });
  await rejects(askEngine(down, NEVER), {
    message: "Cannot start a sandbox: Docker does not answer: Cannot connect to the Docker daemon at X.",
  });
  const refused = fakeHost({
    commands: {
      [INFO]: { code: 1, stderr: 'template: :1:2: executing "" at <.OperatingSystem>: nil pointer\n' },
      [VERSION]: { code: 1, stderr: "permission denied: dial unix X\n" },
      [ADDRESS]: {},
    },
  });
  await rejects(askEngine(refused, NEVER), {
    message: "Cannot start a sandbox: Docker refuses this user: permission denied: dial unix X",
    hint: "stakpak doctor --only docker_accessible",
  });
  await rejects(askEngine(fakeHost(), NEVER), { message: "Cannot start a sandbox: docker is not on PATH" });
});

test("askEngine() gives up on a docker that hangs, and at once when it is told to", async () => {
  using clock = fakeClock();
  const hung = fakeHost({ commands: { [INFO]: "hang", [ADDRESS]: {} } });
  const late = rejects(askEngine(hung, NEVER), {
    message: "Cannot start a sandbox: Docker does not answer: no answer within 10 s",
    exitCode: 2,
  });
  await clock.pass(10_000);
  await late;
  await rejects(askEngine(hung, AbortSignal.abort(new Error("told to"))), { message: "told to" });
});
