/**
 * Ring 0's end of the talk with one worker: every message is parsed and bounded, and counts only where the protocol
 * expects it. Whatever else a worker says ends it, and its run with it.
 *
 * @module
 */
import { type SupervisorMessage, type WorkerMessage, workerMessage } from "../agent/protocol.ts";
import type { ProgramWorker, WorkerListener } from "../host/worker.ts";
import { unlessAborted } from "../sandbox/unless_aborted.ts";
import { modelBridge, type ModelDoor } from "./model_bridge.ts";
import { runFailed, type RunOver, workerFailed } from "./run_over.ts";
import { workerBounds } from "./worker_bounds.ts";

export type WorkerAnswer = Extract<WorkerMessage, { kind: "answer" }>;
export type AskMessage = Extract<SupervisorMessage, { kind: "start" | "next" }>;

/** Told what happens while the model is asked. What it throws ends the worker. */
export interface AskListener extends ModelDoor {
  text(delta: string): void;
  reasoning(delta: string): void;
  retry(said: Extract<WorkerMessage, { kind: "retry" }>): void;
  reduced(said: Extract<WorkerMessage, { kind: "reduced" }>): void;
}

/** Disposing ends the worker. */
export interface RunWorker extends Disposable {
  /**
   * The model's next answer; one at a time. Rejects with `RunOver` when there is none or the worker fails, with the
   * signal's reason when that aborts, with what the listener threw.
   */
  ask(message: AskMessage, listener: AskListener, signal: AbortSignal): Promise<WorkerAnswer>;
}

/** A worker that is silent for so long while no model is asked hangs. */
const SILENCE_MS = 60_000;

/** `failed` is told once, when the worker fails, also where nobody asks. */
export function runWorker(
  take: (listener: WorkerListener) => ProgramWorker,
  failed: (why: unknown) => void,
): RunWorker {
  let turn: Turn | undefined;
  let ready = false;
  let over: { readonly why: unknown } | undefined;
  let bounds = workerBounds();
  const end = (why: unknown) => {
    if (over) return false;
    over = { why };
    worker.end();
    turn?.fail(why);
    return true;
  };
  const fail = (why: unknown) => {
    if (end(why)) failed(why);
  };
  const bridge = modelBridge((message) => {
    if (over) return;
    if (message.kind === "chunk") bounds.told(message.bytes.length);
    worker.tell(message);
  });
  const hear = (raw: unknown) => {
    bounds.heard();
    const message = parsed(raw);
    bounds.said(message);
    if (message.kind === "stop") return bridge.stop(message.request);
    if (message.kind === "ready") {
      if (ready) throw workerFailed("it was ready twice");
      ready = true;
      if (turn) worker.tell(turn.begin());
      return;
    }
    if (!ready || !turn) throw workerFailed("it spoke without being asked");
    turn.hear(message);
  };
  const worker = take({
    failed: (reason) => fail(workerFailed(`it threw: ${reason}`)),
    said(raw) {
      if (over) return;
      try {
        hear(raw);
      } catch (error) {
        fail(error);
      }
    },
  });
  return {
    async ask(message, listener, signal) {
      if (over) throw over.why;
      bounds = workerBounds();
      using asking = workerTurn({ message, listener, signal, bridge, fail });
      turn = asking;
      try {
        if (ready) worker.tell(turn.begin());
        return await unlessAborted(signal, asking.answer);
      } finally {
        turn = undefined;
        // What it used is counted then.
        bridge.stop();
        await bridge.idle();
      }
    },
    [Symbol.dispose]: () => void end(new Error("the worker was ended")),
  };
}

interface Turn extends Disposable {
  readonly answer: Promise<WorkerAnswer>;
  begin(): AskMessage;
  hear(message: WorkerMessage): void;
  fail(why: unknown): void;
}

interface TurnParts {
  readonly message: AskMessage;
  readonly listener: AskListener;
  readonly signal: AbortSignal;
  readonly bridge: ReturnType<typeof modelBridge>;
  fail(why: unknown): void;
}

function workerTurn({ message, listener, signal, bridge, fail }: TurnParts): Turn {
  const answer = Promise.withResolvers<WorkerAnswer>();
  answer.promise.catch(() => {});
  let silence: ReturnType<typeof setTimeout> | undefined;
  const listen = (moreMs = 0) => {
    clearTimeout(silence);
    if (bridge.isOpen()) return;
    const hung = () => fail(workerFailed(`it said nothing for ${SILENCE_MS / 1_000} s`));
    silence = setTimeout(hung, SILENCE_MS + moreMs);
  };
  let done = false;
  const settle = () => {
    done = true;
    clearTimeout(silence);
  };
  const carry = async (asked: Extract<WorkerMessage, { kind: "fetch" }>) => {
    try {
      await bridge.carry(asked, listener, signal);
      if (!done) listen();
    } catch (error) {
      if (!done && !signal.aborted) fail(error);
    }
  };
  listen();
  return {
    answer: answer.promise,
    begin: () => message,
    fail(why) {
      settle();
      answer.reject(why);
    },
    hear(said) {
      if (said.kind === "fetch") void carry(said);
      else if (said.kind === "text") listener.text(said.delta);
      else if (said.kind === "reasoning") listener.reasoning(said.delta);
      else if (said.kind === "retry") listener.retry(said);
      else if (said.kind === "reduced") listener.reduced(said);
      else if (said.kind === "failed") throw refusal(said);
      else if (said.kind === "answer") {
        settle();
        return answer.resolve(said);
      }
      listen(said.kind === "retry" ? said.delayMs : 0);
    },
    [Symbol.dispose]: settle,
  };
}

function refusal({ reason, error, retryable }: Extract<WorkerMessage, { kind: "failed" }>): RunOver {
  return runFailed(reason, error, retryable);
}

function parsed(raw: unknown): WorkerMessage {
  try {
    const result = workerMessage.safeParse(raw);
    if (result.success) return result.data;
  } catch {
    // Nested deeper than can be walked.
  }
  throw workerFailed("it said what no worker says");
}
