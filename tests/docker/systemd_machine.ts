/**
 * A Linux machine with systemd, in a container: for what only a real service manager can answer.
 *
 *     dockerTest("systemd_linger passes for a lingering user", async () => {
 *       await using machine = await startSystemdMachine({ program: true });
 *       const ops = await machine.addUser("ops", { linger: true, docker: true });
 *       const { code, stdout } = await ops.run(["stakpak", "doctor", "--only", "systemd_linger"]);
 *     });
 *
 * `linger: true` is what `loginctl enable-linger` does: the user's manager runs without a login. A user without
 * has a manager only while a login lasts: `await using login = await ops.login()`. A user in the group `docker` may
 * use the host's daemon through its socket; `machine.root(["gpasswd", …])` changes that under a running manager.
 * Starting takes about a second, and up to a minute where the image is to be made first.
 *
 * @module
 */
import { BUNDLE, bundle } from "../../scripts/bundle.ts";
import { launcherScript } from "../../scripts/launcher.ts";
import { docker, LABEL, type Output, run } from "./docker.ts";
import { systemdImage } from "./images.ts";
import { type MachineUser, machineUser } from "./machine_user.ts";

const SOCKET = "/var/run/docker.sock";
const BOOT_LIMIT_MS = 60_000;
const STAKPAK = "/usr/local/lib/stakpak.js";

/** DESIGN §10: what systemd needs; `--privileged` does not work. */
const SYSTEMD_FLAGS = [
  ...[
    "--cap-add",
    "SYS_ADMIN",
    "--security-opt",
    "seccomp=unconfined",
    "--security-opt",
    "apparmor=unconfined",
  ],
  ...["--tmpfs", "/run", "--tmpfs", "/run/lock", "--volume", "/sys/fs/cgroup:/sys/fs/cgroup:rw"],
  ...["--stop-signal", "SIGRTMIN+3"],
  // As on a machine; Docker gives every port to everyone.
  ...["--sysctl", "net.ipv4.ip_unprivileged_port_start=1024"],
];

const LOOP_FLAGS = ["--device", "/dev/loop-control", "--device-cgroup-rule", "b 7:* rmw"];

export interface MachineOptions {
  /** Puts `stakpak` on PATH: `dist/stakpak.js` as it is now, under the permission table's flags. */
  readonly program?: boolean;
  /** Folders of the host that are there at the same path, as dockerd wants for `-v`. */
  readonly folders?: readonly string[];
  /** Where the host's daemon can be reached. Elsewhere than docker looks, the machine is one whose daemon is down. */
  readonly socket?: string;
  /** root may mount images of disks, where this host can. */
  readonly loopDevices?: boolean;
}

export interface SystemdMachine extends AsyncDisposable {
  /** The container's id. */
  readonly container: string;
  /** Runs `argv` as root. Rejects only when Docker does. */
  root(argv: readonly string[], stdin?: string): Promise<Output>;
  /** root as a user among others, with a home. */
  readonly superuser: MachineUser;
  addUser(name: string, options?: UserOptions): Promise<MachineUser>;
}

export interface UserOptions {
  /** Their manager runs without a login. */
  readonly linger?: boolean;
  /** They may use the Docker daemon of the host. */
  readonly docker?: boolean;
}

export async function startSystemdMachine(options: MachineOptions = {}): Promise<SystemdMachine> {
  const image = await systemdImage();
  if (options.program) await bundle(BUNDLE);
  const mounts = [
    `${SOCKET}:${options.socket ?? SOCKET}`,
    `${Deno.execPath()}:/usr/local/bin/deno:ro`,
    ...(options.program ? [`${BUNDLE}:${STAKPAK}:ro`] : []),
    ...(options.folders ?? []).map((folder) => `${folder}:${folder}`),
  ].flatMap((mount) => ["--volume", mount]);
  const container = await docker(
    "run",
    "--detach",
    "--rm",
    "--label",
    LABEL,
    ...SYSTEMD_FLAGS,
    ...(options.loopDevices ? LOOP_FLAGS : []),
    ...mounts,
    image,
  );
  const machine: SystemdMachine = {
    container,
    root: (argv, stdin) => run(["docker", "exec", "--interactive", container, ...argv], stdin),
    superuser: machineUser(container, "root", 0, "/root"),
    addUser: (name, wanted = {}) => addUser(machine, name, wanted),
    [Symbol.asyncDispose]: async () => void await docker("rm", "--force", "--volumes", container),
  };
  try {
    await booted(machine);
    await must(machine, [
      "groupadd",
      "--non-unique",
      "--gid",
      String((await Deno.stat(SOCKET)).gid),
      "docker",
    ]);
    if (options.program) await installProgram(machine);
    return machine;
  } catch (error) {
    await machine[Symbol.asyncDispose]();
    throw error;
  }
}

async function addUser(machine: SystemdMachine, name: string, options: UserOptions): Promise<MachineUser> {
  const groups = options.docker ? ["--groups", "docker"] : [];
  await must(machine, ["useradd", "--create-home", "--shell", "/bin/bash", ...groups, name]);
  const uid = Number(await must(machine, ["id", "--user", name]));
  if (options.linger) {
    await must(machine, ["loginctl", "enable-linger", name]);
    await must(machine, ["systemctl", "start", `user@${uid}.service`]);
  }
  return machineUser(machine.container, name, uid, `/home/${name}`);
}

/** Asking again needs no pause: each `docker exec` takes a while, and `--wait` waits as soon as systemd answers. */
async function booted(machine: SystemdMachine): Promise<void> {
  const deadline = Date.now() + BOOT_LIMIT_MS;
  let last = "";
  while (Date.now() < deadline) {
    const { stdout, stderr } = await machine.root(["systemctl", "is-system-running", "--wait"]);
    last = stdout.trim() || stderr.trim();
    if (last === "running" || last === "degraded") return;
  }
  throw new Error(
    `Cannot start the systemd machine: after ${BOOT_LIMIT_MS} ms it says "${last}", wanted "running"`,
  );
}

/** DENO_DIR lies outside HOME, so that a test can say what the program itself leaves there. */
async function installProgram(machine: SystemdMachine): Promise<void> {
  const elsewhere = 'export DENO_DIR="${DENO_DIR:-/var/tmp/deno-$(id -u)}"\nexec ';
  const script = launcherScript(STAKPAK, "/usr/local/bin/deno").replace("exec ", () => elsewhere);
  await must(machine, ["install", "--mode", "755", "/dev/stdin", "/usr/local/bin/stakpak"], script);
}

async function must(machine: SystemdMachine, argv: readonly string[], stdin?: string): Promise<string> {
  const { code, stdout, stderr } = await machine.root(argv, stdin);
  if (code !== 0) {
    throw new Error(`${argv.join(" ")} exited ${code} in the systemd machine: ${stderr.trim()}`);
  }
  return stdout.trim();
}
