/**
 * `logs/egress.jsonl`: every decision about a box's way out, a line each. Several supervisors write to it at once.
 *
 * @module
 */
import type { Host } from "../host/host.ts";
import { type Inspection, PathError } from "../host/inspection.ts";
import type { EgressDecision } from "./egress.ts";

/** Then the file becomes `egress.jsonl.1`, that one `.2`, and so on up to the last. */
const MAX_FILE_BYTES = 4 * 1024 * 1024;
const OLD_FILES = 3;
/** Lines that wait for a slow disk; of more than that the number is written. */
const MAX_WAITING = 2_000;
const LOCK_WAIT_MS = 5_000;

/** Disposing waits until what was noted is written. */
export interface EgressLog extends AsyncDisposable {
  note(decision: EgressDecision): void;
}

export interface EgressLogOptions {
  readonly host: Host;
  /** The folder of the logs. */
  readonly folder: string;
  redact(text: string): string;
  /** Told once when it cannot be written. */
  log(line: string): void;
  readonly maxFileBytes?: number;
}

export function egressLogPath(folder: string): string {
  return `${folder}/egress.jsonl`;
}

export function egressLog(options: EgressLogOptions): EgressLog {
  const { host, folder, redact, log } = options;
  const path = egressLogPath(folder);
  let waiting: string[] = [];
  let lost = 0;
  let failed = false;
  let writing: Promise<void> | undefined;
  const write = async () => {
    while (waiting.length > 0) {
      const lines = waiting;
      waiting = [];
      if (lost > 0) lines.push(JSON.stringify({ time: host.now().toISOString(), lost }));
      lost = 0;
      try {
        await rotate(host, path, options.maxFileBytes ?? MAX_FILE_BYTES);
        await host.append(path, `${lines.join("\n")}\n`);
        failed = false;
      } catch (error) {
        if (!(error instanceof PathError)) throw error;
        if (!failed) log(`what boxes connect to cannot be logged: ${error.message}`);
        failed = true;
      }
    }
    writing = undefined;
  };
  return {
    note(decision) {
      const { host: asked, reason } = decision;
      if (waiting.length >= MAX_WAITING) return void lost++;
      const plain = {
        ...decision,
        host: redact(asked),
        ...(reason !== undefined && { reason: redact(reason) }),
      };
      waiting.push(JSON.stringify(plain));
      writing ??= write();
    },
    async [Symbol.asyncDispose]() {
      await writing;
    },
  };
}

/** The last `most` decisions that `wanted` takes, oldest first. */
export async function readEgressLog(
  host: Inspection,
  folder: string,
  most: number,
  wanted: (decision: EgressDecision) => boolean = () => true,
): Promise<EgressDecision[]> {
  const found: EgressDecision[] = [];
  for (const path of filesOf(egressLogPath(folder))) {
    const lines = (await host.readText(path) ?? "").split("\n");
    for (let at = lines.length - 1; at >= 0 && found.length < most; at--) {
      const decision = readLine(lines[at]!);
      if (decision && wanted(decision)) found.push(decision);
    }
    if (found.length >= most) break;
  }
  return found.reverse();
}

/** Removes the log with what was kept of it before. */
export async function clearEgressLog(host: Host, folder: string): Promise<void> {
  const path = egressLogPath(folder);
  await using _held = await lockOf(host, path);
  for (const file of filesOf(path)) await host.remove(file);
}

/** Newest first. */
function filesOf(path: string): string[] {
  return [path, ...Array.from({ length: OLD_FILES }, (_, index) => `${path}.${index + 1}`)];
}

async function rotate(host: Host, path: string, most: number): Promise<void> {
  const isFull = async () => ((await host.status(path))?.size ?? 0) >= most;
  if (!await isFull()) return;
  await using _held = await lockOf(host, path);
  // Another process may have done it while we waited.
  if (!await isFull()) return;
  const files = filesOf(path);
  for (let at = files.length - 1; at > 0; at--) {
    if (await host.linkStatus(files[at - 1]!)) await host.rename(files[at - 1]!, files[at]!);
  }
}

async function lockOf(host: Host, path: string): Promise<AsyncDisposable> {
  return await host.lock(`${path}.lock`, AbortSignal.timeout(LOCK_WAIT_MS));
}

/** What is no decision is left out: a line that was cut by a full disk. */
function readLine(line: string): EgressDecision | undefined {
  if (line === "") return undefined;
  let read: Partial<Record<keyof EgressDecision, unknown>>;
  try {
    read = JSON.parse(line) ?? {};
  } catch {
    return undefined;
  }
  const { time, session, host, port, verdict, reason, bytesOut, bytesIn } = read;
  const isWhole = [time, session, host].every((value) => typeof value === "string") &&
    [port, bytesOut, bytesIn].every((value) => typeof value === "number") &&
    (verdict === "allowed" || verdict === "denied") && (reason === undefined || typeof reason === "string");
  return isWhole ? read as unknown as EgressDecision : undefined;
}
