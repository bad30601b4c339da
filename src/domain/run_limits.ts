/** What bounds a run. Source: DESIGN §9 and §10, issue 5. */
export const RUN_LIMITS = {
  /** From the start, or a resumption, to the end; time spent waiting for people does not count. */
  runMs: 60 * 60_000,
  /** One request to the model with all its tries. */
  turnMs: 15 * 60_000,
  toolMs: 60 * 60_000,
  approvalMs: 24 * 3_600_000,
  /** One answer of a provider. */
  answerBytes: 8 * 1024 * 1024,
  /** One tool result: its head, and its tail behind a mark. */
  resultBytes: 64 * 1024,
  workerHeapBytes: 256 * 1024 * 1024,
  /** Runs at once, unless `[server] max_parallel_runs` says otherwise. */
  parallelRuns: 8,
  /** Runs that wait for a worker; more are refused. */
  queuedRuns: 1_000,
  /** Tries of one model call after the first. */
  retries: 3,
} as const;
