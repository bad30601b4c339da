/**
 * What kind of Docker this is, as far as a box depends on it.
 *
 * @module
 */
import { UserError } from "../domain/error.ts";
import { plainText } from "../domain/plain_text.ts";
import { CommandNotFound, type CommandOutput, type Inspection } from "../host/inspection.ts";
import { deadline } from "./deadline.ts";

export interface Engine {
  /** Whether SELinux decides what containers may touch. */
  readonly selinux: boolean;
}

const INFO = ["docker", "info", "-f", "{{.OperatingSystem}}\t{{json .SecurityOptions}}"];
const VERSION = ["docker", "version", "-f", "{{.Server.Version}}"];
/** The address of the daemon, whether a variable or a context names it. */
const ADDRESS = ["docker", "context", "inspect", "-f", "{{.Endpoints.docker.Host}}"];

const REFUSED = /permission denied/i;
/** Its fix fits this machine. */
const ACCESS = "stakpak doctor --only docker_accessible";
/** A daemon that hangs takes requests, and answers none. */
const ANSWER_MS = 10_000;

/** Asks the daemon once. Rejects with a `UserError` where boxes cannot run, with the signal's reason. */
export async function askEngine(host: Inspection, signal: AbortSignal): Promise<Engine> {
  const [info, address] = await Promise.all([ask(host, INFO, signal), ask(host, ADDRESS, signal)]);
  if (info.code !== 0) {
    // Docker 20 stumbles over the format then, and says nothing else.
    const { code, stderr } = await ask(host, VERSION, signal);
    const said = code === 0 ? info.stderr : stderr;
    const why = REFUSED.test(said) ? "Docker refuses this user" : "Docker does not answer";
    throw cannot(`${why}: ${lastLine(said)}`, ACCESS);
  }
  const why = whyNoBoxes(info, address);
  if (why) {
    throw cannot(
      `${why}, and there a socket in a shared folder does not connect the two sides`,
      "run stakpak on the machine where dockerd runs, as the system's own service: docker context use default",
    );
  }
  return { selinux: /name=selinux/.test(info.stdout) };
}

/**
 * Why boxes cannot run under the Docker that answers; `undefined` where they can, or where it does not say. Rejects with
 * the signal's reason, and with `CommandNotFound`.
 */
export async function unfitEngine(host: Inspection, signal: AbortSignal): Promise<string | undefined> {
  const [info, address] = await Promise.all([host.run(INFO, signal), host.run(ADDRESS, signal)]);
  return whyNoBoxes(info, address);
}

function whyNoBoxes(info: CommandOutput, address: CommandOutput): string | undefined {
  const [system = "", security = ""] = info.stdout.trim().split("\t");
  if (/^(tcp|ssh|https?):/.test(address.stdout.trim())) return "Docker is on another machine";
  if (/Docker Desktop/.test(system)) return "Docker runs in the virtual machine of Docker Desktop";
  if (!/name=(userns|rootless)/.test(security)) return undefined;
  return "Docker gives containers other user ids than this machine's (userns-remap, or rootless)";
}

async function ask(host: Inspection, argv: readonly string[], signal: AbortSignal): Promise<CommandOutput> {
  using limit = deadline(ANSWER_MS, "no answer", signal);
  try {
    return await host.run(argv, limit.signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof CommandNotFound) {
      throw cannot("docker is not on PATH", "stakpak doctor --only docker_installed");
    }
    if (!limit.signal.aborted) throw error;
    throw cannot(`Docker does not answer: ${limit.signal.reason.message}`, ACCESS);
  }
}

function cannot(why: string, hint: string): UserError {
  return new UserError(`Cannot start a sandbox: ${why}`, { hint, exitCode: 2 });
}

function lastLine(text: string): string {
  return plainText(text.trim().split("\n").at(-1) ?? "").slice(0, 300);
}
