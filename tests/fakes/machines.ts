/**
 * Machines with a name, for transcripts and for tests of the whole. Each table has every command line that
 * `doctor` runs there, and no other.
 *
 * @module
 */
import { serviceUnit, serviceUnitPath } from "../../src/host/service_unit.ts";
import type { FakeFile, FakeMachine } from "./fake_host.ts";

type Commands = NonNullable<FakeMachine["commands"]>;

const CONFIG = `[profiles.default]
model = "anthropic/claude-sonnet-4-5"
allowed_tools = ["view", "run_command"]
auto_approve = ["view"]

[profiles.default.providers.anthropic]
type = "anthropic"
api_key_env = "ANTHROPIC_API_KEY"
`;

const AUTOPILOT = `[server]
listen = "127.0.0.1:4096"
`;

const DEBIAN = 'ID=debian\nVERSION_ID="12"\n';
const UBUNTU = "ID=ubuntu\nID_LIKE=debian\n";

const ENV = { ANTHROPIC_API_KEY: "sk-ant-of-a-fake-machine" };
const LINGER = "loginctl show-user ada --property=Linger --value";
const ASK_DAEMON = "docker version -f {{.Server.Version}}";
const ASK_DATA_ROOT = "docker info -f {{.DockerRootDir}}";
const ASK_KIND = "docker info -f {{.OperatingSystem}}\t{{json .SecurityOptions}}";
const ASK_ADDRESS = "docker context inspect -f {{.Endpoints.docker.Host}}";
const ASK_IMAGE = "docker image inspect -f {{.Os}}/{{.Architecture}}";
const ASK_AS_SERVICE =
  `systemd-run --user --unit=stakpak-doctor-${
    Date.parse("2026-11-22T12:00:00Z")
  }.service --pipe --wait --quiet ` +
  "--collect --property=RuntimeMaxSec=9 --property=KillSignal=SIGKILL docker ps";

const docker = {
  "docker --version": { stdout: "Docker version 28.2.2, build e6534b4\n" },
} satisfies Commands;

const daemon = {
  ...docker,
  [ASK_DAEMON]: { stdout: "28.2.2\n" },
  [ASK_DATA_ROOT]: { stdout: "/var/lib/docker\n" },
  [ASK_KIND]: { stdout: 'Debian GNU/Linux 12 (bookworm)\t["name=seccomp,profile=default"]\n' },
  [ASK_ADDRESS]: { stdout: "unix:///var/run/docker.sock\n" },
  [`${ASK_IMAGE} ghcr.io/stakpak/agent:v0.3.88`]: { stdout: "linux/amd64\n" },
  [ASK_AS_SERVICE]: { stdout: "CONTAINER ID   IMAGE     COMMAND\n" },
  "df -Pk /var/lib/docker": df("/dev/sdb1", 60_000, "/var/lib/docker"),
} satisfies Commands;

const linux = {
  [LINGER]: { stdout: "yes\n" },
  "df -Pk /home/ada": df("/dev/sda2", 40_000, "/home"),
} satisfies Commands;

/** What docker says when nobody listens on its socket, and when this user may not. */
const NO_DAEMON =
  "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?\n";
const REFUSED = "permission denied while trying to connect to the Docker daemon socket at " +
  'unix:///var/run/docker.sock: Get "http://%2Fvar%2Frun%2Fdocker.sock/v1.50/version": ' +
  "dial unix /var/run/docker.sock: connect: permission denied\n";

/** Ready for `stakpak up`. */
const healthy: FakeMachine = {
  env: ENV,
  commands: { ...linux, ...daemon },
  files: linuxFiles(DEBIAN, { "/usr/bin/docker": program(), "/run/systemd/system": folder() }),
};

/** After `stakpak up`. */
const running: FakeMachine = {
  ...healthy,
  files: {
    ...healthy.files,
    [serviceUnitPath("/home/ada")]: serviceUnit({
      program: ["/usr/local/bin/stakpak"],
      profile: "default",
      config: "/home/ada/.stakpak/config.toml",
      home: "/home/ada",
      state: "/home/ada/.stakpak",
    }),
    "/home/ada/.stakpak/autopilot/service.env": `ANTHROPIC_API_KEY=${ENV.ANTHROPIC_API_KEY}\n`,
  },
  listen: { "127.0.0.1:4096": { free: false, reason: "in_use" } },
  http: {
    "http://127.0.0.1:4096/v1/health": {
      status: 200,
      body: {
        status: "ok",
        service: "stakpak",
        instance: "7f3a",
        sandbox: { mode: "persistent", healthy: true },
      },
    },
  },
};

const noDocker: FakeMachine = {
  env: ENV,
  commands: linux,
  files: linuxFiles(DEBIAN, { "/run/systemd/system": folder() }),
};

const noAccess: FakeMachine = {
  ...healthy,
  commands: {
    ...linux,
    ...docker,
    [ASK_DAEMON]: { code: 1, stdout: "\n", stderr: REFUSED },
    [ASK_DATA_ROOT]: { code: 1, stdout: "\n", stderr: REFUSED },
  },
};

const small: FakeMachine = {
  ...healthy,
  memory: { totalBytes: 988_000 * 1024, swapBytes: 0 },
  commands: {
    ...healthy.commands,
    "df -Pk /home/ada": df("/dev/sda1", 900, "/"),
    "df -Pk /var/lib/docker": df("/dev/sda1", 900, "/"),
  },
};

const macos: FakeMachine = {
  os: "darwin",
  arch: "aarch64",
  kernel: "24.6.0",
  uid: 501,
  env: { ...ENV, HOME: "/Users/ada", PATH: "/opt/homebrew/bin:/usr/bin:/bin" },
  memory: { totalBytes: 16 * 1024 ** 3, swapBytes: 0 },
  commands: {
    ...docker,
    [ASK_DAEMON]: { stdout: "28.2.2\n" },
    [ASK_KIND]: { stdout: 'Docker Desktop\t["name=seccomp,profile=unconfined"]\n' },
    [ASK_ADDRESS]: { stdout: "unix:///Users/ada/.docker/run/docker.sock\n" },
    [`${ASK_IMAGE} debian:bookworm-slim`]: { stdout: "linux/arm64\n" },
    "df -Pk /Users/ada": df("/dev/disk3s5", 200_000, "/System/Volumes/Data"),
  },
  files: {
    "/opt/homebrew/bin/docker": program(),
    "/Users/ada": { kind: "directory", mode: 0o750, uid: 501 },
    "/Users/ada/.stakpak": { kind: "directory", mode: 0o700, uid: 501 },
    "/Users/ada/.stakpak/config.toml": { text: CONFIG, uid: 501 },
    "/Users/ada/.stakpak/autopilot.toml": { text: AUTOPILOT, uid: 501 },
  },
};

/** Without systemd, and with Docker installed but not started: how a fresh one comes. */
const wsl: FakeMachine = {
  kernel: "5.15.153.1-microsoft-standard-WSL2",
  env: { ...ENV, WSL_DISTRO_NAME: "Ubuntu" },
  commands: {
    ...docker,
    [ASK_DAEMON]: { code: 1, stdout: "\n", stderr: NO_DAEMON },
    [ASK_DATA_ROOT]: { code: 1, stdout: "\n", stderr: NO_DAEMON },
    [LINGER]: { code: 1, stderr: "System has not been booted with systemd as init system (PID 1).\n" },
    "df -Pk /home/ada": df("/dev/sdc", 400_000, "/"),
  },
  files: linuxFiles(UBUNTU, { "/usr/bin/docker": program() }),
};

/** By the names that a transcript's `machine` line has. */
export { healthy, macos, noAccess as no_access, noDocker as no_docker, running, small, wsl };

/** What `df -Pk` says of a file system with `freeMb`. */
function df(device: string, freeMb: number, mount: string): { stdout: string } {
  const free = freeMb * 1024;
  const head = "Filesystem     1024-blocks      Used Available Capacity Mounted on";
  return { stdout: `${head}\n${device}      ${free * 2}  ${free} ${free}      50% ${mount}\n` };
}

function linuxFiles(osRelease: string, more: Record<string, FakeFile>): Record<string, FakeFile> {
  return {
    "/etc/os-release": osRelease,
    "/home/ada/.stakpak/config.toml": CONFIG,
    "/home/ada/.stakpak/autopilot.toml": AUTOPILOT,
    ...more,
  };
}

function program(): FakeFile {
  return { text: "ELF", mode: 0o755, uid: 0 };
}

function folder(): FakeFile {
  return { kind: "directory", mode: 0o755, uid: 0 };
}
