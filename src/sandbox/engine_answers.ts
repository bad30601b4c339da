import type { Inspection } from "../host/inspection.ts";
import { deadline } from "./deadline.ts";

const ARGV = ["docker", "version", "--format", "{{.Server.Version}}"];
const ANSWER_MS = 5_000;

/** Whether the daemon is there. Never rejects. */
export async function engineAnswers(host: Pick<Inspection, "run">, signal: AbortSignal): Promise<boolean> {
  using limit = deadline(ANSWER_MS, "docker does not answer", signal);
  try {
    return (await host.run(ARGV, limit.signal)).code === 0;
  } catch {
    return false;
  }
}
