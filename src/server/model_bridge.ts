import type { SupervisorMessage, WorkerMessage } from "../agent/protocol.ts";
import type { Usage } from "../domain/usage.ts";
import { GatewayBroken, type InferenceAnswer, type InferenceRequest } from "../models/gateway.ts";
import { workerFailed } from "./run_over.ts";

type Asked = Extract<WorkerMessage, { kind: "fetch" }>;

export interface ModelDoor {
  open(asked: InferenceRequest, signal: AbortSignal): Promise<InferenceAnswer>;
  /** Told once of each answer, when no more of it comes: meanwhile the worker reads it. */
  used(usage: Usage): void;
}

/** The requests of one worker to the model, one at a time. */
export interface ModelBridge {
  isOpen(): boolean;
  /**
   * Carries one request and its answer; resolves when no more of it will be told. Rejects with what `open` rejects
   * with, but for `GatewayBroken`, of which the worker is told; with what `used` throws; with `RunOver` for a request
   * out of turn.
   */
  carry(asked: Asked, door: ModelDoor, signal: AbortSignal): Promise<void>;
  /** Nobody needs more of the answers up to that request. Absent: of any. */
  stop(request?: number): void;
  /** Resolves when no request is under way. */
  idle(): Promise<void>;
}

/** `tell` is never called for an answer that was stopped. */
export function modelBridge(tell: (message: SupervisorMessage) => void): ModelBridge {
  let last = 0;
  let open: AbortController | undefined;
  let closed = Promise.withResolvers<void>();
  closed.resolve();
  return {
    isOpen: () => open !== undefined,
    async carry({ request, url, method, body }, door, signal) {
      if (open || request !== last + 1) throw workerFailed("it asked the model out of turn");
      last = request;
      const stopped = new AbortController();
      open = stopped;
      closed = Promise.withResolvers();
      const either = AbortSignal.any([signal, stopped.signal]);
      let answer: InferenceAnswer | undefined;
      try {
        answer = await door.open({ url, method, body }, either);
        // Read also where nobody wants it any more: what it used is counted at its end.
        tell({ kind: "head", request, status: answer.status, headers: answer.headers });
        for await (const bytes of answer.body) {
          either.throwIfAborted();
          tell({ kind: "chunk", request, bytes });
        }
        tell({ kind: "end", request });
      } catch (error) {
        if (stopped.signal.aborted) return;
        if (!(error instanceof GatewayBroken)) throw error;
        tell({ kind: "broken", request, reason: error.message });
      } finally {
        open = undefined;
        closed.resolve();
        if (answer) door.used(answer.usage());
      }
    },
    stop(request = last) {
      if (request > last) throw workerFailed("it stopped a request that it never made");
      if (request === last) open?.abort(new Error("the worker needs no more of this answer"));
    },
    idle: () => closed.promise,
  };
}
