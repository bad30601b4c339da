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
import { workerFailed } from "./run_over.ts";
import { type WorkerBounds, workerBounds } from "./worker_bounds.ts";
import { type WorkerTurn, workerTurn } from "./worker_turn.ts";

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

/** `failed` is told once, when the worker fails, also where nobody asks. */
export function runWorker(
  take: (listener: WorkerListener) => ProgramWorker,
  failed: (why: unknown) => void,
): RunWorker {
  let turn: WorkerTurn | undefined;
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
  const fail = (why: unknown) => void (end(why) && failed(why));
  const bridge = modelBridge((message) => {
    if (message.kind === "chunk") bounds.told(message.bytes.length);
    worker.tell(message);
  });
  const hear = (message: WorkerMessage) => {
    if (message.kind === "stop") return bridge.stop(message.request);
    if (message.kind === "ready") {
      if (ready) throw workerFailed("it was ready twice");
      ready = true;
      return void (turn && worker.tell(turn.message));
    }
    if (!ready || !turn) throw workerFailed("it spoke without being asked");
    turn.hear(message);
  };
  const worker = take({
    failed: (reason) => fail(workerFailed(`it threw: ${reason}`)),
    said(raw) {
      if (over) return;
      try {
        hear(bounded(raw, bounds));
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
        if (ready) worker.tell(message);
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

function bounded(raw: unknown, bounds: WorkerBounds): WorkerMessage {
  bounds.heard();
  const message = parsed(raw);
  bounds.said(message);
  return message;
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
