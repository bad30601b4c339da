/**
 * A box as docker's client shows it: one attached `docker run`, whose output is the box's and whose end is its end.
 *
 * @module
 */
import type { Host } from "../host/host.ts";
import { type BoxLog, boxLog } from "./box_log.ts";
import { deadline } from "./deadline.ts";
import { dockerEnvironment } from "./docker_environment.ts";
import { lineFeed } from "./line_feed.ts";
import { type LineQueue, lineQueue } from "./line_queue.ts";
import { unlessAborted } from "./unless_aborted.ts";

export interface BoxProcess {
  /** What it prints on stdout, until `ended`; whoever has read enough ends it. */
  readonly lines: LineQueue;
  /** Resolves with its first line, or its end. */
  readonly spoke: Promise<void>;
  /** Both streams, for life. */
  readonly log: BoxLog;
  /** The client's exit code, 128 + n where signal n ended it. Never rejects. */
  readonly ended: Promise<number>;
  /** Ends and removes the container, whatever its state. Resolves to whether it is certainly gone. Never rejects. */
  remove(): Promise<boolean>;
}

/** What docker answers at the latest, and its client after the container's removal. */
const ANSWER_MS = 10_000;
/** Between two looks at whether a container that is being made is there. */
const LOOK_MS = 50;
/** docker's own "I could not even start it". */
export const DOCKER_FAILED = 125;

/** Starts `argv`, a `docker run --name NAME`. */
export function startBoxProcess(
  host: Host,
  name: string,
  argv: readonly string[],
  redact: (text: string) => string,
): BoxProcess {
  const log = boxLog(redact);
  const lines = lineQueue();
  const spoke = Promise.withResolvers<void>();
  const stdout = lineFeed((line) => {
    log.add(line);
    lines.push(line);
    spoke.resolve();
  });
  const stderr = lineFeed((line) => log.add(line));
  const stop = new AbortController();
  let running = true;
  const run = async () => {
    try {
      const { code } = await host.stream(argv, {
        cwd: "/",
        env: dockerEnvironment(host),
        output: stdout.push,
        errors: stderr.push,
        lingerMs: ANSWER_MS,
      }, stop.signal);
      return code;
    } catch (error) {
      if (!stop.signal.aborted) log.add(error instanceof Error ? error.message : String(error));
      return DOCKER_FAILED;
    } finally {
      running = false;
      stdout.end();
      stderr.end();
      lines.end();
      spoke.resolve();
    }
  };
  const ended = run();
  const remove = async () => {
    try {
      // Its client may be about to make it: nobody can remove what is not there yet.
      let gone = await removeContainer(host, name);
      while (!gone && running) {
        await within(LOOK_MS, ended);
        gone = await removeContainer(host, name);
      }
      await within(ANSWER_MS, ended);
      return true;
    } catch {
      return false;
    } finally {
      stop.abort();
      await ended;
    }
  };
  return { lines, spoke: spoke.promise, log, ended, remove };
}

/** Resolves to whether there was such a container. Rejects when docker does not answer, or cannot. */
export async function removeContainer(host: Host, name: string): Promise<boolean> {
  using limit = deadline(ANSWER_MS, "docker does not answer");
  const { code, stderr } = await host.run(["docker", "rm", "--force", "--volumes", name], limit.signal);
  if (/no such container/i.test(stderr)) return false;
  if (code === 0 || /already in progress/i.test(stderr)) return true;
  throw new Error(stderr.trim());
}

/** Waits for `work`, but no longer than `ms`. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  using limit = deadline(ms, "not over");
  await unlessAborted(limit.signal, work).catch(() => {});
}
