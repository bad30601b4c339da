import assert from "node:assert/strict";
import { serviceUnitPath } from "../../src/host/service_unit.ts";
import { serviceEnvironment } from "../../src/probes/service_environment.ts";
import { ask } from "../fakes/ask.ts";
import { type FakeFile, type FakeMachine } from "../fakes/fake_host.ts";
import { macos, running } from "../fakes/machines.ts";
import { test } from "../sanitized.ts";

const ENV_FILE = "/home/ada/.stakpak/autopilot/service.env";
const PROGRAM: FakeFile = { text: "ELF", mode: 0o755 };
const installed = (env: Record<string, string>, files: Record<string, FakeFile> = {}): FakeMachine => ({
  env,
  files: {
    "/run/systemd/system": { kind: "directory" },
    [serviceUnitPath("/home/ada")]: "[Unit]\n",
    ...files,
  },
});

test("service_environment passes when service.env has what this shell has", async () => {
  const answer = await ask(serviceEnvironment, { ...running, commands: {} });
  assert.deepEqual([answer.status, answer.summary], ["pass", "The service sees what this shell sees"]);
  assert.deepEqual(answer.details, ["ANTHROPIC_API_KEY"]);
});

test("service_environment warns with the names, never the values, of what the service lacks", async () => {
  const env = {
    ANTHROPIC_API_KEY: "planted-1",
    DOCKER_HOST: "unix:///planted-2",
    OPENAI_API_KEY: "planted-3",
  };
  const answer = await ask(
    serviceEnvironment,
    installed(env, { [ENV_FILE]: "# keys\nOPENAI_API_KEY=planted-3\nDOCKER_HOST=\n" }),
  );
  assert.equal(answer.status, "warn");
  assert.deepEqual(answer.details, ["not in service.env: ANTHROPIC_API_KEY, DOCKER_HOST"]);
  assert.equal(answer.fix!.command, "stakpak up");
  assert.doesNotMatch(JSON.stringify(answer), /planted/);
});

test("service_environment takes an unreadable service.env for an empty one", async () => {
  const machine = installed({ OPENAI_API_KEY: "x" }, { [ENV_FILE]: { unreadable: true } });
  assert.deepEqual((await ask(serviceEnvironment, machine)).details, ["not in service.env: OPENAI_API_KEY"]);
});

test("service_environment warns about a docker that only this shell finds", async () => {
  const env = { PATH: "relative::/opt/my docker/bin:/usr/bin" };
  const answer = await ask(serviceEnvironment, installed(env, { "/opt/my docker/bin/docker": PROGRAM }));
  assert.equal(answer.status, "warn");
  assert.deepEqual(answer.details, ["not in a folder of the service's PATH: /opt/my docker/bin/docker"]);
  assert.equal(answer.fix!.command, "sudo ln -s '/opt/my docker/bin/docker' /usr/local/bin/docker");
});

test("service_environment is content when the service finds another docker", async () => {
  const files = { "/opt/d/docker": PROGRAM, "/usr/bin/docker": PROGRAM };
  const answer = await ask(serviceEnvironment, installed({ PATH: "/opt/d:/usr/bin" }, files));
  assert.equal(answer.status, "pass");
});

test("service_environment finds Homebrew's docker on macOS", async () => {
  const answer = await ask(serviceEnvironment, { ...macos, commands: {} });
  assert.equal(answer.status, "skip");
  assert.match(answer.summary, /^The service is not installed: stakpak up hands on /);
  assert.deepEqual(answer.details, ["ANTHROPIC_API_KEY"]);
});

test("service_environment skips where there is no service manager", async () => {
  for (const machine of [{}, { os: "windows", env: { USERPROFILE: "C:\\Users\\ada" } } as const]) {
    const answer = await ask(serviceEnvironment, machine);
    assert.deepEqual(
      [answer.status, answer.summary],
      ["skip", "No service manager: the environment stays this shell's"],
    );
  }
});
