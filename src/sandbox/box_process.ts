/**
 * A box as docker's client shows it: one attached `docker run`.
 *
 * @module
 */
import type { Host } from "../host/host.ts";
import { type AttachedProcess, attachedProcess } from "./attached_process.ts";
import { deadline } from "./deadline.ts";

export interface BoxProcess extends AttachedProcess {
  /** Ends and removes the box, whatever its state. Resolves to whether it is certainly gone. Never rejects. */
  remove(): Promise<boolean>;
}

/** What docker answers at the latest, and its client after the container's removal. */
const ANSWER_MS = 10_000;
/** Between two looks at whether a container that is being made is there. */
const LOOK_MS = 50;

/** Starts `argv`, a `docker run --name NAME`. */
export function startBoxProcess(
  host: Host,
  name: string,
  argv: readonly string[],
  redact: (text: string) => string,
): BoxProcess {
  const attached = attachedProcess(host, argv, { redact });
  return {
    ...attached,
    async remove() {
      try {
        // Its client may be about to make it: nobody can remove what is not there yet.
        while (!await removeContainer(host, name) && attached.isRunning()) await attached.within(LOOK_MS);
        await attached.within(ANSWER_MS);
        return true;
      } catch {
        return false;
      } finally {
        await attached.stop();
      }
    },
  };
}

/** Resolves to whether there was such a container. Rejects when docker does not answer, or cannot. */
export async function removeContainer(host: Host, name: string): Promise<boolean> {
  using limit = deadline(ANSWER_MS, "docker does not answer");
  const { code, stderr } = await host.run(["docker", "rm", "--force", "--volumes", name], limit.signal);
  if (/no such container/i.test(stderr)) return false;
  if (code === 0 || /already in progress/i.test(stderr)) return true;
  throw new Error(stderr.trim());
}
