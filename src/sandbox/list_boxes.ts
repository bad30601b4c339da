import { UserError } from "../domain/error.ts";
import type { Host } from "../host/host.ts";
import { CommandNotFound } from "../host/inspection.ts";
import { deadline } from "./deadline.ts";
import { homeOf, LABELS } from "./instance.ts";

/** A container of this account, whichever process made it. */
export interface ListedBox {
  readonly name: string;
  /** 8 hex digits: the process that made it. */
  readonly instance: string;
  readonly session: string;
  readonly image: string;
  /** In docker's words: `Up 5 minutes`, `Exited (137) 2 hours ago`. */
  readonly status: string;
}

const FORMAT = [
  "{{.Names}}",
  `{{.Label "${LABELS.instance}"}}`,
  `{{.Label "${LABELS.session}"}}`,
  "{{.Image}}",
  "{{.Status}}",
].join("\t");
const ANSWER_MS = 10_000;

/** The boxes of the run folder `run`, oldest first. Rejects with a `UserError` (exit 2) when docker does not answer. */
export async function listBoxes(host: Host, run: string, signal: AbortSignal): Promise<ListedBox[]> {
  using limit = deadline(ANSWER_MS, "docker does not answer", signal);
  const filter = `label=${LABELS.home}=${await homeOf(host, run)}`;
  const argv = ["docker", "ps", "--all", "--no-trunc", "--filter", filter, "--format", FORMAT];
  const { code, stdout, stderr } = await host.run(argv, limit.signal).catch((error) => {
    signal.throwIfAborted();
    if (error instanceof CommandNotFound) throw cannotList("docker is not on PATH");
    throw limit.signal.aborted ? cannotList(limit.signal.reason.message) : error;
  });
  if (code !== 0) throw cannotList(stderr.trim().split("\n").at(-1) ?? "");
  // What has no end was cut off: it may name another instance than the box's, a dead one.
  return stdout.split("\n").slice(0, -1).map((line): ListedBox => {
    const [name = "", instance = "", session = "", image = "", status = ""] = line.split("\t");
    return { name, instance, session, image, status };
  }).reverse();
}

function cannotList(why: string): UserError {
  return new UserError(`Cannot list the boxes: ${why}`, {
    hint: "stakpak doctor --only docker_accessible",
    exitCode: 2,
  });
}
