/**
 * A program whose output is a box's, and whose end is the box's end.
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

export interface AttachedProcess {
  /** What it prints on stdout, until `ended`; whoever has read enough ends it. */
  readonly lines: LineQueue;
  /** Resolves with its first line, or its end. */
  readonly spoke: Promise<void>;
  /** Both streams, for life. */
  readonly log: BoxLog;
  /** The exit code, 128 + n where signal n ended it; 125 where it could not start. Never rejects. */
  readonly ended: Promise<number>;
  isRunning(): boolean;
  /** Resolves when it has ended, or after `ms`. */
  within(ms: number): Promise<void>;
  /** Ends it, whatever it is doing. Never rejects. */
  stop(): Promise<void>;
}

export interface AttachedOptions {
  readonly redact: (text: string) => string;
  /** Whether it is asked to end first, and how long it has for that. */
  readonly interruptMs?: number;
  /** Where it works. Absent: `/`. */
  readonly cwd?: string;
  /** All of its environment. Absent: what docker's client needs of ours. */
  readonly env?: Readonly<Record<string, string>>;
}

/** As docker's own "I could not even start it". */
const NOT_STARTED = 125;
/** How long something that it has left behind may hold its output open. */
const LINGER_MS = 10_000;

export function attachedProcess(
  host: Host,
  argv: readonly string[],
  { redact, interruptMs, cwd = "/", env = dockerEnvironment(host) }: AttachedOptions,
): AttachedProcess {
  const log = boxLog(redact);
  const lines = lineQueue();
  const spoke = Promise.withResolvers<void>();
  const stdout = lineFeed((line) => {
    log.add(line);
    lines.push(line);
    spoke.resolve();
  });
  const stderr = lineFeed((line) => log.add(line));
  const stopping = new AbortController();
  let running = true;
  const run = async () => {
    try {
      const options = {
        cwd,
        env,
        output: stdout.push,
        errors: stderr.push,
        lingerMs: LINGER_MS,
        ...interruptMs === undefined ? {} : { interruptMs },
      };
      return (await host.stream(argv, options, stopping.signal)).code;
    } catch (error) {
      if (!stopping.signal.aborted) log.add(error instanceof Error ? error.message : String(error));
      return NOT_STARTED;
    } finally {
      running = false;
      stdout.end();
      stderr.end();
      lines.end();
      spoke.resolve();
    }
  };
  const ended = run();
  return {
    lines,
    spoke: spoke.promise,
    log,
    ended,
    isRunning: () => running,
    async within(ms) {
      using limit = deadline(ms, "not over");
      await unlessAborted(limit.signal, ended).catch(() => {});
    },
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}
