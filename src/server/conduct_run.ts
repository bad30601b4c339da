/**
 * A run from its place in line to its end, or until it waits for people.
 *
 * @module
 */
import { UserError } from "../domain/error.ts";
import type { RunEnd } from "../domain/run_end.ts";
import { RUN_LIMITS } from "../domain/run_limits.ts";
import { ToolboxGone, type ToolDescription } from "../domain/toolbox.ts";
import { judge } from "../domain/tool_policy.ts";
import { unlessAborted } from "../sandbox/unless_aborted.ts";
import { ApiError } from "./api_error.ts";
import { judgeAgain } from "./judge_again.ts";
import type { LiveRun } from "./live_run.ts";
import { converse, startTurn } from "./run_conversation.ts";
import { runModel } from "./run_model.ts";
import { runFailed, RunOver, sandboxUnavailable } from "./run_over.ts";
import { type RunSetup, setUpRun } from "./run_setup.ts";
import type { RunSlots } from "./run_slots.ts";
import type { SessionTools, WorkspaceItem } from "./session_tools.ts";
import { interruptRun } from "./interrupt_run.ts";
import { settleRun } from "./settle_run.ts";
import type { TokenShares } from "./token_shares.ts";
import { userTurn } from "./user_turn.ts";
import type { WorkerPool } from "./worker_pool.ts";

export interface Conducting {
  readonly live: LiveRun;
  readonly slots: RunSlots;
  readonly pool: WorkerPool;
  readonly shares: TokenShares;
  /** Absent: the run is resumed, and everything it goes by is found anew. */
  readonly setup?: RunSetup;
  /** Called when the run has ended, or waits for people, and the store says so; not everything is given back by then. */
  settled(): void;
}

/**
 * Resolves when everything that the run had is given back; never rejects. Whatever goes wrong, the run ends exactly
 * once, unless the store itself cannot be written: then it is found as interrupted later.
 */
export async function conductRun(parts: Conducting): Promise<void> {
  const { live, settled } = parts;
  const held = new AsyncDisposableStack();
  try {
    await conduct(parts, held);
  } catch (error) {
    settle(live, live.signal.aborted ? live.signal.reason : error);
  } finally {
    live[Symbol.dispose]();
    settled();
  }
  await held.disposeAsync().catch((error) => {
    live.parts.log(`run ${live.id}: not all was given back: ${live.redactor.redact(String(error))}`);
  });
}

async function conduct(
  { live, slots, pool, shares, setup: given }: Conducting,
  held: AsyncDisposableStack,
): Promise<void> {
  held.use(await slots.take(live.signal));
  using _deadline = runDeadline(live);
  const setup = given ?? await unlessAborted(live.signal, setUpAgain(live));
  const tools = await openTools(live, setup, held);
  const all = await listTools(live, tools);
  const names = all.map(({ name }) => name);
  const offered = all.filter(({ name }) => judge(setup.config.policy, name, names).verdict !== "deny");
  const model = held.use(runModel({ live, setup, tools: offered, pool, shares }));
  if (given) {
    if (!await begin(live, setup, tools)) return;
  } else judgeAgain(live, setup, names);
  await converse({ live, setup, tools, names, model }, !given);
}

/** The first events of a run, its first message and its first turn. Answers false when that ended it. */
async function begin(live: LiveRun, setup: RunSetup, tools: SessionTools): Promise<boolean> {
  const { store } = live.parts;
  const isFirst = !store.messages.all(live.sessionId).some((message) =>
    message.role === "user" && message.text.includes("<workspace-")
  );
  const { items, note } = isFirst ? await workspaceOf(live, tools) : { items: [], note: [] };
  return live.write((run) => {
    const { text, context } = run.request;
    const redact = (text: string) => live.redactor.redact(text);
    const turn = userTurn({ text, context, workspace: items, isFirst, redact });
    store.runs.update(live.id, { state: "running" });
    live.emit({
      name: "run_started",
      fields: {
        profile: setup.config.profile,
        model: setup.config.model,
        tools: setup.place,
        "workspace_files": turn.files,
        notes: [...setup.notes, ...tools.notes(), ...note, ...turn.notes].map(redact),
      },
    });
    live.append({ role: "user", text: turn.text });
    return startTurn(live, run, setup);
  });
}

async function workspaceOf(
  live: LiveRun,
  tools: SessionTools,
): Promise<{ items: readonly WorkspaceItem[]; note: string[] }> {
  try {
    return { items: await unlessAborted(live.signal, tools.workspace(live.signal)), note: [] };
  } catch (error) {
    live.signal.throwIfAborted();
    if (!(error instanceof UserError || error instanceof ToolboxGone)) throw error;
    return {
      items: [],
      note: [`What is in the workspace is not known: ${live.redactor.redact(error.message)}`],
    };
  }
}

async function setUpAgain(live: LiveRun): Promise<RunSetup> {
  const { store } = live.parts;
  const request = store.runs.get(live.id)?.request;
  const session = store.sessions.get(live.sessionId);
  if (!request || !session) throw new RunOver(undefined);
  try {
    return await setUpRun(live.parts, { request, session, sandbox: true });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw runFailed("invalid_profile", live.redactor.redact(error.message));
  }
}

async function openTools(live: LiveRun, setup: RunSetup, held: AsyncDisposableStack): Promise<SessionTools> {
  const { tools } = live.parts;
  const opening = tools.open(live.sessionId, setup.place, setup.profile, live.signal);
  // Also where it opens after the run has ended.
  held.defer(async () => {
    await (await opening.catch(() => undefined))?.[Symbol.asyncDispose]();
  });
  return await orUnavailable(live, opening);
}

function listTools(live: LiveRun, tools: SessionTools): Promise<readonly ToolDescription[]> {
  return orUnavailable(live, tools.list(live.signal));
}

async function orUnavailable<T>(live: LiveRun, work: Promise<T>): Promise<T> {
  try {
    return await unlessAborted(live.signal, work);
  } catch (error) {
    live.signal.throwIfAborted();
    if (!(error instanceof UserError || error instanceof ToolboxGone)) throw error;
    throw sandboxUnavailable(error, (text) => live.redactor.redact(text));
  }
}

function runDeadline(live: LiveRun): Disposable {
  const late = () =>
    live.end(runFailed("timed_out", `The run took longer than ${RUN_LIMITS.runMs / 60_000} minutes`, true));
  const timer = setTimeout(late, RUN_LIMITS.runMs);
  return { [Symbol.dispose]: () => clearTimeout(timer) };
}

function settle({ id, parts, redactor }: LiveRun, why: unknown): void {
  try {
    const end = why instanceof RunOver ? why.end : bug();
    if (end && "failed" in end && end.failed === "interrupted") interruptRun(parts.store, id, end.error);
    else if (end) settleRun(parts.store, id, safe(end));
  } catch (error) {
    parts.log(`run ${id}: its end could not be recorded: ${redactor.redact(String(error))}`);
  }

  function bug(): RunEnd {
    parts.log(`run ${id}: ${redactor.redact(why instanceof Error ? why.stack ?? why.message : String(why))}`);
    const error = "Something that should not happen happened: the log of the service says what";
    return { failed: "internal_error", error, retryable: false };
  }

  /** Its words may be a worker's, or a provider's. */
  function safe(end: RunEnd): RunEnd {
    return "failed" in end ? { ...end, error: redactor.redact(end.error) } : end;
  }
}
