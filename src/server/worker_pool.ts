/**
 * Workers of ring 1: a fresh one for each run, since what one run has said is not to be read by another. After the
 * first run one is kept warm for the next; a service that has no run starts none.
 *
 * @module
 */
import { AGENT_GRANTS } from "../agent/agent_grants.ts";
import type { SupervisorMessage } from "../agent/protocol.ts";
import type { ProgramWorker, StartWorker, WorkerListener } from "../host/worker.ts";
import type { ModelApi } from "../models/model_api.ts";

export interface WorkerPool extends Disposable {
  /** A worker that no run had before. It may have said things already: they are told soon. */
  take(listener: WorkerListener): ProgramWorker;
}

/** So that the next one does not start while the present run still wants the processor, in milliseconds. */
const WARM_UP_MS = 250;
/** One that waits has nothing to say but that it is ready. */
const EARLY_MAX = 1;

interface Spare {
  take(listener: WorkerListener): ProgramWorker;
  end(): void;
}

export function workerPool(startWorker: StartWorker): WorkerPool {
  let spare: Spare | undefined;
  let warmUp: ReturnType<typeof setTimeout> | undefined;
  let ended = false;
  let lastApi: ModelApi | undefined;
  const startSpare = () => {
    const one: Spare = spareWorker(startWorker, lastApi, () => {
      if (spare === one) spare = undefined;
    });
    return one;
  };
  const keepWarm = () => {
    if (ended || spare || warmUp !== undefined) return;
    warmUp = setTimeout(() => {
      warmUp = undefined;
      spare = startSpare();
    }, WARM_UP_MS);
  };
  return {
    take(listener) {
      const one = spare ?? startSpare();
      spare = undefined;
      const worker = one.take(listener);
      return {
        tell(message) {
          const said = message as SupervisorMessage;
          if (said.kind === "start") lastApi = said.run.api;
          worker.tell(message);
        },
        end() {
          worker.end();
          keepWarm();
        },
      };
    },
    [Symbol.dispose]() {
      ended = true;
      clearTimeout(warmUp);
      spare?.end();
    },
  };
}

/**
 * Starts a worker that nobody listens to yet; `useless` is called when it can be given to nobody. While it waits it
 * gets ready for a run like the last one.
 */
function spareWorker(startWorker: StartWorker, api: ModelApi | undefined, useless: () => void): Spare {
  const early: unknown[] = [];
  let listener: WorkerListener | undefined;
  let failure: string | undefined;
  const fail = (reason: string) => {
    failure ??= reason;
    if (!listener) return useless();
    listener.failed(failure);
  };
  const worker = startWorker("agent", AGENT_GRANTS, {
    said(message) {
      if (listener) return listener.said(message);
      if (early.push(message) <= EARLY_MAX) return api && worker.tell({ kind: "prepare", api });
      worker.end();
      fail("it spoke without being asked");
    },
    failed: fail,
  });
  return {
    take(adopting) {
      queueMicrotask(() => {
        listener = adopting;
        if (failure !== undefined) return adopting.failed(failure);
        for (const message of early) adopting.said(message);
      });
      return worker;
    },
    end: () => worker.end(),
  };
}
