/**
 * What a transcript's `machine` line names: how the machine, or the account on it, differs from a lingering user
 * in the group docker. Each transcript has an account of its own, called like its scene; what a scene changes on
 * the machine it undoes, or nobody else sees it.
 *
 * @module
 */
import { programFlags } from "../../src/cli/permissions.ts";
import { serviceUnit, serviceUnitPath } from "../../src/host/service_unit.ts";
import { foreignImage } from "./foreign_image.ts";
import type { Environment, MachineUser } from "./machine_user.ts";
import { hungDocker, silentPort, silentSocket, webServer } from "./neighbours.ts";
import { sh } from "./sh.ts";
import { smallDisk } from "./small_disk.ts";
import type { UserOptions } from "./systemd_machine.ts";

/** Where the socket is while the daemon is down. */
export const HIDDEN_SOCKET = "/opt/docker.sock";
const SOCKET = "/var/run/docker.sock";

export interface Scene {
  /** `down`: no daemon answers, and docker was unpacked into /opt/docker. Default: `up`. */
  readonly daemon?: "up" | "down";
  /** Default: lingers, and may use Docker. */
  readonly user?: UserOptions | "root";
  readonly env?: Environment;
  /** Done before the account is made. */
  before?(root: MachineUser, name: string): Promise<void>;
  /** Done when the transcript's files are there. What it gives lasts as long as the transcript. */
  arrange?(root: MachineUser, user: MachineUser): Promise<AsyncDisposable | void>;
  /** Done beside the transcript's command. `said(text)` resolves when its stderr has shown `text`. */
  meanwhile?(root: MachineUser, user: MachineUser, said: (text: string) => Promise<void>): Promise<void>;
  /** Probes whose fix, pasted into the user's shell, leaves nothing to complain about. */
  readonly mends?: readonly string[];
  readonly limitMs?: number;
  /** Its commands do more than look: what is at home may change. */
  readonly acts?: true;
}

const PATH = "/usr/local/bin:/usr/bin:/bin";
const DOWN: Scene = { daemon: "down", env: { PATH: `/opt/docker:${PATH}` } };
const OURS = { service: "stakpak", instance: "b6f0" };
/** The deadline and 2 s, and what a busy machine adds; bench/hung_docker.ts measures. */
const HUNG_LIMIT_MS = 15_000;

export const SCENES: Readonly<Record<string, Scene>> = {
  plain: {},
  root: { user: "root" },

  down: DOWN,
  coming: {
    ...DOWN,
    arrange: (root) => Promise.resolve(undoing(root, `rm --force ${SOCKET}`)),
    async meanwhile(root, _, said) {
      await said("waiting for");
      await sh(root, `ln --symbolic ${HIDDEN_SOCKET} ${SOCKET}`);
    },
  },
  outside: {
    ...DOWN,
    arrange: (root) => Promise.resolve(undoing(root, "rm --force /usr/local/bin/docker")),
    mends: ["service_environment"],
  },

  refused: { user: { linger: true }, mends: ["docker_accessible"] },
  boxless: { user: { linger: true }, acts: true },
  missing: {
    env: { PATH: "/usr/local/bin:/opt/missing" },
    before: (root) => sh(root, "cp -rs /usr/bin /opt/missing && rm /opt/missing/docker"),
  },
  hung: {
    env: { PATH: `/opt/hung:${PATH}` },
    before: (root) => hungDocker(root, "/opt/hung"),
    limitMs: HUNG_LIMIT_MS,
  },
  interrupted: {
    env: { PATH: `/opt/interrupted:${PATH}` },
    before: (root) => hungDocker(root, "/opt/interrupted"),
    meanwhile: (root, { name }) =>
      sh(root, `head --lines=1 /opt/interrupted/started && pkill -INT --uid ${name} --full stakpak.js`),
  },
  silent: {
    env: { DOCKER_HOST: "unix:///var/run/silent.sock" },
    arrange: (root) => silentSocket(root, "/var/run/silent.sock"),
  },
  context: { mends: ["docker_accessible"] },
  image: { arrange: (root) => foreignImage(root, "stakpak-test:s390x") },

  listening: { arrange: (root) => silentPort(root, 4101) },
  answering: { arrange: (root) => webServer(root, 4102, { status: "ok" }) },
  ours: {
    arrange: (root) => webServer(root, 4103, { ...OURS, sandbox: { mode: "persistent", healthy: true } }),
  },
  unhealthy: { arrange: (root) => webServer(root, 4104, { ...OURS, sandbox: { healthy: false } }) },

  small: { before: smallDisk },
  loose: {
    arrange: (_, user) => sh(user, "chmod 644 .stakpak/autopilot.toml && chmod 755 .stakpak"),
    mends: ["secret_file_modes"],
  },
  loops: {
    arrange: (_, user) =>
      sh(
        user,
        "mkdir -m 700 .stakpak && cd .stakpak && ln -s config.toml config.toml && ln -s b autopilot.toml && ln -s autopilot.toml b",
      ),
  },
  foreign: { arrange: (root, user) => sh(root, `mkdir -m 700 ${user.home}/.stakpak`) },

  left: { user: { docker: true }, mends: ["systemd_linger"] },
  visiting: { user: { docker: true }, arrange: (_, user) => user.login(), mends: ["systemd_linger"] },
  stale: {
    user: { linger: true },
    arrange: (root, user) => sh(root, `gpasswd --add ${user.name} docker`),
    mends: ["docker_user_systemd"],
  },
  installed: { arrange: (_, user) => installUnit(user) },
};

/** What `up` will write. systemd itself has to find nothing wrong with it. */
async function installUnit(user: MachineUser): Promise<void> {
  const state = `${user.home}/.stakpak`;
  const program = ["/usr/local/bin/deno", "run", ...programFlags(), "/usr/local/lib/stakpak.js"];
  const options = { program, profile: "default", config: `${state}/config.toml`, home: user.home, state };
  const path = serviceUnitPath(user.home);
  await sh(user, `mkdir -p "$(dirname ${path})" && cat > ${path}`, serviceUnit(options));
  await sh(
    user,
    `said=$(systemd-analyze --user verify ${path} 2>&1) && test -z "$said" || { echo "$said" >&2; exit 1; }`,
  );
}

function undoing(root: MachineUser, script: string): AsyncDisposable {
  return { [Symbol.asyncDispose]: () => sh(root, script) };
}
