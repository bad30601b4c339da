import type { WorkerMessage } from "../agent/protocol.ts";
import type { ModelBridge } from "./model_bridge.ts";
import { runFailed, type RunOver, workerFailed } from "./run_over.ts";
import type { AskListener, AskMessage, WorkerAnswer } from "./run_worker.ts";

/** A worker that is silent for so long while no model is asked hangs. */
const SILENCE_MS = 60_000;

/** What a worker is asked, and says to it until it answers. Disposing ends the wait. */
export interface WorkerTurn extends Disposable {
  readonly answer: Promise<WorkerAnswer>;
  readonly message: AskMessage;
  /** Throws what ends the worker. */
  hear(said: WorkerMessage): void;
  fail(why: unknown): void;
}

export interface WorkerTurnParts {
  readonly message: AskMessage;
  readonly listener: AskListener;
  readonly signal: AbortSignal;
  readonly bridge: ModelBridge;
  /** Ends the worker, and this with it. */
  fail(why: unknown): void;
}

export function workerTurn({ message, listener, signal, bridge, fail }: WorkerTurnParts): WorkerTurn {
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
    message,
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
