import assert from "node:assert/strict";
import { dockerAccessible, dockerAccessibleWithin } from "../../src/probes/docker_accessible.ts";
import { ask } from "../fakes/ask.ts";
import { fakeHost, type FakeMachine } from "../fakes/fake_host.ts";
import { contextOn } from "../fakes/fake_probes.ts";
import { test } from "../sanitized.ts";

const ASK = "docker version -f {{.Server.Version}}";
const KIND = "docker info -f {{.OperatingSystem}}\t{{json .SecurityOptions}}";
const ADDRESS = "docker context inspect -f {{.Endpoints.docker.Host}}";
const DEBIAN: NonNullable<FakeMachine["files"]> = {
  "/etc/os-release": "ID=debian\n",
  "/run/systemd/system": { kind: "directory" },
};

const refusedBy = (stderr: string, machine: FakeMachine = {}) =>
  ask(dockerAccessible, {
    files: DEBIAN,
    ...machine,
    commands: { [ASK]: { code: 1, stdout: "\n", stderr } },
  });

test("docker_accessible passes with the version of the daemon", async () => {
  const answer = await ask(dockerAccessible, {
    commands: { [ASK]: { stdout: "20.10.24+dfsg1\n" }, [KIND]: { stdout: "Debian\t[]\n" }, [ADDRESS]: {} },
  });
  assert.equal(answer.status, "pass");
  assert.equal(answer.summary, "Docker is accessible to the current user");
  assert.deepEqual(answer.details, ["Docker daemon 20.10.24+dfsg1"]);
});

test("docker_accessible blocks when the daemon refuses this user", async () => {
  const answer = await refusedBy(
    "permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: " +
      'Get "http://%2Fvar%2Frun%2Fdocker.sock/v1.50/version": dial unix /var/run/docker.sock: connect: permission denied',
  );
  assert.equal(answer.status, "block");
  assert.match(answer.summary, /^Docker is installed but not accessible: the daemon refuses this user$/);
  assert.equal(answer.fix!.command, "sudo usermod -aG docker $USER && newgrp docker");
  assert.equal(answer.transient, false);
});

test("docker_accessible blocks for now when the daemon is not running", async () => {
  const messages = [
    "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
    "failed to connect to the docker API at unix:///var/run/docker.sock; check if the path is correct and if " +
    "the daemon is running: dial unix /var/run/docker.sock: connect: no such file or directory",
  ];
  for (const message of messages) {
    const answer = await refusedBy(message);
    assert.equal(answer.summary, "Docker is installed but not accessible: the daemon is not running");
    assert.equal(answer.fix!.command, "sudo systemctl enable --now docker");
    assert.equal(answer.transient, true);
    assert.deepEqual(answer.details, [message]);
  }
});

test("docker_accessible does not take an unreadable docker configuration for a refusal", async () => {
  const answer = await refusedBy(
    "WARNING: Error loading config file: open /root/.docker/config.json: permission denied\n" +
      "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?\n",
  );
  assert.match(answer.summary, /the daemon is not running$/);
  assert.doesNotMatch(answer.details.join(), /WARNING/);
});

test("docker_accessible blocks for good when the context does not exist", async () => {
  const messages = [
    'Failed to initialize: unable to resolve docker endpoint: context "zap": context not found: open /x: no such file',
    'Current context "zap" is not found on the file system, please check your config file at /x/config.json',
  ];
  for (const message of messages) {
    const answer = await refusedBy(message);
    assert.match(answer.summary, /its context names no usable daemon$/);
    assert.equal(answer.fix!.command, "docker --context default context use default");
    assert.equal(answer.transient, false);
  }
});

test("docker_accessible names the variable that chose the context", async () => {
  const answer = await refusedBy('context "zap": context not found', { env: { DOCKER_CONTEXT: "zap" } });
  assert.match(answer.summary, /DOCKER_CONTEXT names no usable daemon$/);
  assert.equal(answer.fix!.command, "unset DOCKER_CONTEXT");
});

test("docker_accessible tells a daemon on another machine from one on this", async () => {
  const messages = [
    "Cannot connect to the Docker daemon at tcp://10.0.0.9:2375. Is the docker daemon running?",
    'error during connect: Get "http://nohost:2375/v1.50/version": dial tcp: lookup nohost: no such host',
    'error during connect: Get "http://docker.example.com/v1.50/version": command [ssh -o ConnectTimeout=30 -T ' +
    "-l ada -- box docker system dial-stdio] has exited with exit status 255, stderr=Permission denied (publickey)",
  ];
  for (const message of messages) {
    const answer = await refusedBy(message, { env: { DOCKER_HOST: "ssh://ada@box" } });
    assert.match(answer.summary, /the daemon that DOCKER_HOST names does not answer$/);
    assert.equal(answer.fix!.command, "unset DOCKER_HOST");
    assert.equal(answer.transient, true);
  }
});

test("docker_accessible blames DOCKER_HOST where something that is no daemon answers there", async () => {
  const message =
    "request returned 404 Not Found for API route and version http://10.0.0.9:2375/v1.50/version";
  const answer = await refusedBy(message, { env: { DOCKER_HOST: "tcp://10.0.0.9:2375" } });
  assert.match(answer.summary, /the daemon that DOCKER_HOST names does not answer$/);
});

test("docker_accessible blames DOCKER_TLS_VERIFY where the certificates are missing", async () => {
  const stderr =
    "unable to resolve docker endpoint: open /home/ada/.docker/ca.pem: no such file or directory";
  const answer = await refusedBy(stderr, { env: { DOCKER_TLS_VERIFY: "1" } });
  assert.equal(answer.fix!.command, "unset DOCKER_TLS_VERIFY");
});

test("docker_accessible does not start the system's daemon for a DOCKER_HOST that no daemon has", async () => {
  const down = (socket: string) => {
    const stderr = `Cannot connect to the Docker daemon at unix://${socket}. Is the docker daemon running?`;
    return refusedBy(stderr, { env: { DOCKER_HOST: `unix://${socket}` } });
  };
  const odd = await down("/tmp/docker.sock");
  assert.match(odd.summary, /the daemon that DOCKER_HOST names does not answer$/);
  assert.equal(odd.fix!.command, "unset DOCKER_HOST");
  assert.equal((await down("/var/run/docker.sock")).fix!.command, "sudo systemctl enable --now docker");
  assert.equal((await down("/run/user/1000/docker.sock")).fix!.command, "systemctl --user start docker");
});

test("docker_accessible never repeats who logs in at DOCKER_HOST", async () => {
  const env = { DOCKER_HOST: "tcp://ada:pa55word@10.0.0.9:2375" };
  const answer = await refusedBy("Cannot connect to the Docker daemon at tcp://ada:pa55word@10.0.0.9:2375.", {
    env,
  });
  assert.doesNotMatch(JSON.stringify(answer), /pa55word/);
});

test("docker_accessible has macOS fixes on macOS", async () => {
  const stderr = "Cannot connect to the Docker daemon at unix:///Users/ada/.colima/default/docker.sock.";
  assert.equal((await refusedBy(stderr, { os: "darwin" })).fix!.command, "colima start");
});

test("docker_accessible understands the daemon of Windows", async () => {
  const refused = "open //./pipe/docker_engine: Access is denied.";
  assert.match((await refusedBy(refused, { os: "windows" })).summary, /refuses this user$/);
  const down = "open //./pipe/docker_engine: The system cannot find the file specified.";
  assert.match((await refusedBy(down, { os: "windows" })).summary, /is not running$/);
});

test("docker_accessible blocks for now when the daemon takes the question and is silent", async () => {
  const answer = await ask(dockerAccessibleWithin(5), { files: DEBIAN, commands: { [ASK]: "hang" } });
  assert.equal(answer.status, "block");
  assert.equal(answer.summary, "Docker does not answer within 0.005 s");
  assert.equal(answer.fix!.command, "sudo systemctl restart docker");
  assert.equal(answer.transient, true);
});

test("docker_accessible rejects when it is told to stop", async () => {
  const stop = new AbortController();
  const context = { ...await contextOn(fakeHost({ commands: { [ASK]: "hang" } })), signal: stop.signal };
  const asked = dockerAccessible.check(context);
  stop.abort(new Error("stopped"));
  await assert.rejects(asked, /stopped/);
});

test("docker_accessible warns where boxes cannot run under the Docker that answers", async () => {
  const commands = {
    [ASK]: { stdout: "28.0\n" },
    [KIND]: { stdout: "Docker Desktop\t[]\n" },
    [ADDRESS]: { stdout: "unix:///var/run/docker.sock\n" },
  };
  const { status, summary, details } = await ask(dockerAccessible, { files: DEBIAN, commands });
  assert.deepEqual([status, summary, details], [
    "warn",
    "Sandboxes cannot run here: Docker runs in the virtual machine of Docker Desktop",
    ["Docker daemon 28.0"],
  ]);
});
