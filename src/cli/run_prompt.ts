import { EXIT, type ExitCode, UserError } from "../domain/error.ts";
import { ApiError } from "../server/api_error.ts";
import type { CallRecord } from "../server/records.ts";
import type { Store } from "../server/store.ts";
import { askApproval } from "./ask_approval.ts";
import type { Cli } from "./cli.ts";
import { decider } from "./decider.ts";
import { existingSession } from "./existing_session.ts";
import { type Followed, followRun, pendingOf } from "./follow_run.ts";
import { pasteableCommand } from "./pasteable.ts";
import type { RunLeft } from "./run_document.ts";
import { sayHowItIsLeft } from "./run_left.ts";
import { runOutput } from "./run_output.ts";
import { checkOptions, type RunOptions, runRequest } from "./run_request.ts";
import { startingUp } from "./starting_up.ts";
import { type StartedRuns, startRuns } from "./start_runs.ts";

/** A run, its worker and its tools end within that; boxes say themselves how long theirs take. */
const ENDING_MS = 6_000;

/** `run`: one run, in this process, on the store that all share. */
export async function runPrompt(
  cli: Cli,
  options: RunOptions,
  prompt: string | undefined,
): Promise<ExitCode> {
  checkOptions(options, prompt);
  cli.mayEndWithin(ENDING_MS);
  await using started = await startingUp(() => startRuns(cli, {}));
  const followed = await asUserError(() => begun(cli, started, options, prompt));
  const output = runOutput(options.output, cli.terminal);
  if (options.resume) output.resumes?.(turnOf(started.store, followed.runId));
  const left = await follow(cli, started, followed, (event) => output.heard(event));
  output.left(left);
  const code = sayHowItIsLeft(cli.terminal, left);
  return cli.signal.aborted ? EXIT.interrupted : code;
}

interface Begun extends Followed {
  /** Whether this process has the run; otherwise it is only told of. */
  readonly ours: boolean;
  /** Whether somebody is asked here when a call waits. */
  readonly asks: boolean;
}

async function begun(
  cli: Cli,
  { runs, store, instance, lives }: StartedRuns,
  options: RunOptions,
  prompt: string | undefined,
): Promise<Begun> {
  if (!options.resume) {
    const request = await runRequest(cli, store, options, prompt!);
    const { sessionId } = request;
    const asks = cli.terminal.asks && !options.pauseOnApproval;
    try {
      return { sessionId, ...await runs.start(request), ours: true, asks };
    } catch (error) {
      // A session of nothing is of no use to anybody.
      if (options.session === undefined) store.sessions.delete(sessionId);
      throw error;
    }
  }
  const sessionId = existingSession(store, options.session!).id;
  const run = store.runs.active(sessionId);
  if (run && run.owner !== instance && await lives(run.owner)) {
    cli.terminal.note("Another process has this run: it is followed here, and goes on there");
    const cursor = store.events.bounds(sessionId).newest;
    return { sessionId, runId: run.id, cursor, ours: false, asks: cli.terminal.asks };
  }
  return { sessionId, ...await runs.resume(sessionId), ours: true, asks: cli.terminal.asks };
}

/** The calls of the turn that a run is in. */
function turnOf(store: Store, runId: string): CallRecord[] {
  return store.calls.ofTurn(runId, store.runs.get(runId)?.turns ?? 0);
}

/** Follows it to its end, or to where nobody here decides. */
async function follow(
  cli: Cli,
  { runs, store }: StartedRuns,
  { sessionId, runId, cursor, ours, asks }: Begun,
  heard: Parameters<typeof followRun>[2]["heard"],
): Promise<RunLeft> {
  const stop = new AbortController();
  let ending: Promise<void> | undefined;
  const interrupt = () => {
    if (!ours) return stop.abort(cli.signal.reason);
    // Its last event is told like any other.
    ending = runs.cancel(sessionId, runId).catch((error) => stop.abort(error));
  };
  using listening = new DisposableStack();
  cli.signal.addEventListener("abort", interrupt);
  listening.defer(() => cli.signal.removeEventListener("abort", interrupt));
  if (cli.signal.aborted) interrupt();
  const waits = async (calls: readonly CallRecord[]) => {
    if (asks && !cli.signal.aborted) return await decideHere(cli, { runs, store }, calls);
    await ending;
    return cli.signal.aborted;
  };
  const run = await followRun(store, { sessionId, runId, cursor }, { heard, waits }, stop.signal);
  const calls = pendingOf(store, run);
  const approve = calls.map(({ id }) => id).join(" ");
  return {
    run,
    model: store.sessions.get(sessionId)?.model,
    calls,
    resume: pasteableCommand(
      `stakpak approvals approve ${approve} && stakpak run --session ${sessionId} --resume`,
      cli.host.program,
    ),
  };
}

/** Asks about each call. `false`: nobody answered. */
async function decideHere(
  { host, terminal, signal }: Cli,
  { runs, store }: Pick<StartedRuns, "runs" | "store">,
  calls: readonly CallRecord[],
): Promise<boolean> {
  for (const call of calls) {
    // It may be decided elsewhere while it is asked about here.
    const decided = new AbortController();
    using _watch = store.watch(call.sessionId, () => {
      if (store.calls.get(call.id)?.state !== "pending") decided.abort(new Error("decided elsewhere"));
    });
    const both = AbortSignal.any([signal, decided.signal]);
    try {
      const decision = await askApproval(terminal, call, both);
      if (!decision) return false;
      await runs.decideApproval(call.id, decision, decider(host, "terminal"));
    } catch (error) {
      if (signal.aborted) return true;
      if (!decided.signal.aborted && !(error instanceof ApiError)) throw error;
      terminal.note("It was decided elsewhere, or too late");
    }
  }
  return true;
}

/** What the runs refuse, as people are told it. */
async function asUserError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new UserError(error.message, {
      exitCode: EXIT.usage,
      cause: error,
      ...(error.hint !== undefined && { hint: error.hint }),
    });
  }
}
