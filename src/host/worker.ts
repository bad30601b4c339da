/**
 * A part of this program that runs by itself, in a Worker with hardly a right.
 *
 * @module
 */

/** What a worker may do; it gets nothing else, and never more than this process holds. */
export interface WorkerGrants {
  /** `github.com:443`, `*.example.org:443`, `10.1.0.0/16:5432`, `unix:/path`. */
  readonly net: readonly string[];
  /** What it may read and write. */
  readonly files: readonly string[];
  /** Variables it may read; absent: none. */
  readonly env?: readonly string[];
}

export interface WorkerListener {
  /** A message of the worker: of no shape that can be relied on. */
  said(message: unknown): void;
  /** It threw, or could not be started. It is gone by then; nothing follows. */
  failed(reason: string): void;
}

export interface ProgramWorker {
  /** Tells it something that can be cloned. What is told before the worker has said anything may be lost. */
  tell(message: unknown): void;
  /** Ends it at once. It says nothing any more. */
  end(): void;
}

/** The entry of `main.ts` that a worker runs. */
export type WorkerName = "egress" | "agent";

export type StartWorker = (
  name: WorkerName,
  grants: WorkerGrants,
  listener: WorkerListener,
) => ProgramWorker;

/** The other end, inside the worker. */
export interface WorkerPort {
  tell(message: unknown): void;
  listen(said: (message: unknown) => void): void;
  /** Bytes of this worker's own heap. One that runs out of it takes the whole process with it. */
  heapBytes(): number;
}
