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
    const why = REFUSED.test(info.stderr) ? "Docker refuses this user" : "Docker does not answer";
    throw cannot(`${why}: ${lastLine(info.stderr)}`, ACCESS);
  }
  const [system = "", security = ""] = info.stdout.trim().split("\t");
  const place = address.stdout.trim();
  const why = /^(tcp|ssh|https?):/.test(place)
    ? "Docker is on another machine"
    : /Docker Desktop/.test(system)
    ? "Docker runs in the virtual machine of Docker Desktop"
    : /name=(userns|rootless)/.test(security)
    ? "Docker gives containers other user ids than this machine's (userns-remap, or rootless)"
    : undefined;
  if (why) {
    throw cannot(
      `${why}, and there a socket in a shared folder does not connect the two sides`,
      "run stakpak on the machine where dockerd runs, as the system's own service: docker context use default",
    );
  }
  return { selinux: /name=selinux/.test(security) };
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
