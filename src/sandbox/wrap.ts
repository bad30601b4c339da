/**
 * Any command in a box, on our own streams: the same walls as the tools', and the same way out.
 *
 * @module
 */
import { shownImage } from "../config/sandbox_image.ts";
import { UserError } from "../domain/error.ts";
import type { Host } from "../host/host.ts";
import type { EgressDecision, StartEgress } from "../warden/egress.ts";
import { publishPort } from "../warden/publish_port.ts";
import { portSocket } from "../warden/relay_port.ts";
import { BOX_OUT, makeBoxFolders } from "./box_folders.ts";
import { outMount } from "./box_plan.ts";
import { removeContainer } from "./box_process.ts";
import type { BoxSettings } from "./box_settings.ts";
import { dockerEnvironment } from "./docker_environment.ts";
import { labelsOf, randomHex } from "./instance.ts";
import { type BoxPlan, runArgv } from "./run_argv.ts";
import type { Supervisor } from "./supervisor.ts";

/** A port of this machine that leads to one of the box's. */
export interface PublishedPort {
  readonly hostname: string;
  readonly port: number;
  readonly boxPort: number;
}

export interface WrapParts {
  readonly host: Host;
  readonly supervisor: Supervisor;
  readonly settings: Pick<BoxSettings, "image" | "account" | "limits" | "mounts" | "egress">;
  /** Variables of the command. */
  readonly env: Readonly<Record<string, string>>;
  readonly ports: readonly PublishedPort[];
  readonly workdir?: string | undefined;
  readonly tty: boolean;
  readonly command: readonly string[];
  readonly startEgress: StartEgress;
  decided(decision: EgressDecision): void;
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

const SESSION = "wrap";

/** What a command that was interrupted has to end. Source: DESIGN §9. */
const INTERRUPT_MS = 10_000;

/**
 * Runs the command to its end, at most ten seconds beyond an interrupt, and resolves to its exit code. Rejects with a
 * `UserError` when it cannot start, with the signal's reason when that was before it did.
 */
export async function wrap(parts: WrapParts, signal: AbortSignal): Promise<number> {
  const { host, supervisor: { instance }, settings, ports } = parts;
  await imageIsThere(host, settings.image, signal);
  for (const port of ports) await portIsFree(host, port);
  const box = randomHex();
  const name = `stakpak-${instance.id}-${box}`;
  await using folders = await makeBoxFolders(host, `${instance.folder}/${box}`, settings.account);
  await using _egress = await parts.startEgress({
    socketPath: folders.egressSocket,
    rules: settings.egress,
    session: SESSION,
    account: settings.account,
    decided: parts.decided,
  });
  await using open = new AsyncDisposableStack();
  for (const { hostname, port, boxPort } of ports) {
    const socketPath = portSocket(boxPort).replace(BOX_OUT, folders.out);
    open.use(publishPort({ sockets: host.sockets, at: { hostname, port }, socketPath }));
    await host.give(socketPath, 0o600, host.uid === 0 ? settings.account : undefined);
  }
  // The interrupt came to us alone, and nobody would tell docker's client.
  signal.throwIfAborted();
  open.defer(async () => void await removeContainer(host, name));
  open.use(interrupted(signal, () => removeContainer(host, name)));
  const argv = runArgv(plan(parts, name, folders.out));
  const env = Object.entries(dockerEnvironment(host)).map((pair) => pair.join("="));
  // Ours on top of what docker's client is told would be every key that we have.
  return await host.attach(["env", "-i", ...env, ...argv], {});
}

function plan({ supervisor, settings, ports, ...parts }: WrapParts, name: string, out: string): BoxPlan {
  const { instance, engine, program } = supervisor;
  if (!engine || !program) throw new Error("a wrapped command needs an engine of its own");
  const published = ports.flatMap(({ boxPort }) => ["--publish", String(boxPort)]);
  return {
    name,
    labels: { ...parts.labels, ...labelsOf(instance, SESSION) },
    image: settings.image,
    account: settings.account,
    limits: settings.limits,
    mounts: [...program.mounts, ...settings.mounts, outMount(out)],
    env: { ...program.env, STAKPAK_SKIP_WARDEN: "1", ...parts.env },
    workdir: parts.workdir,
    command: [...program.command, "warden", "init", ...published, "--", ...parts.command] as [
      string,
      ...string[],
    ],
    selinux: engine.selinux,
    stdin: parts.tty ? "tty" : "piped",
  };
}

/** `end` is called where the command is still there so long after the interrupt: it may catch its signals. */
function interrupted(signal: AbortSignal, end: () => Promise<unknown>): Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  // Where docker does not answer, who waits for the end is told.
  const onAbort = () => timer = setTimeout(() => void end().catch(() => {}), INTERRUPT_MS);
  signal.addEventListener("abort", onAbort, { once: true });
  return {
    [Symbol.dispose]() {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
    },
  };
}

async function imageIsThere(host: Host, image: string, signal: AbortSignal): Promise<void> {
  const { code } = await host.run(["docker", "image", "inspect", "-f", "{{.Id}}", image], signal);
  if (code === 0) return;
  throw new UserError(`Cannot start the command: image ${shownImage(image)} is not present`, {
    hint: `docker pull ${shownImage(image)}`,
    exitCode: 2,
  });
}

const NOT_FREE = {
  in_use: "is in use",
  privileged: "is reserved for the administrator",
  not_local: "has no address of this machine",
  bad_address: "has no IP address",
} as const;

async function portIsFree(host: Host, { hostname, port, boxPort }: PublishedPort): Promise<void> {
  const answer = await host.canListen(hostname, port);
  if (answer.free) return;
  const why = `port ${hostname}:${port}, which is to be published, ${NOT_FREE[answer.reason]}`;
  throw new UserError(`Cannot start the command: ${why}`, {
    hint: `choose another one: -p PORT:${boxPort}`,
    exitCode: 2,
  });
}
