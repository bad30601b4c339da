import type { WorkerMessage } from "../agent/protocol.ts";
import { RUN_LIMITS } from "../domain/run_limits.ts";
import { workerFailed } from "./run_over.ts";

/** Messages of one turn without a word of the model. */
const MESSAGES = 2_000;
/** A delta of a model takes more bytes than that on its way to the worker. */
const BYTES_PER_MESSAGE = 16;
/** Each try, and once more when the conversation was too long and is cut further. */
const REQUESTS = 1 + RUN_LIMITS.retries + 1;

/** How much a worker may still say in one turn. What is beyond throws `RunOver`. */
export interface WorkerBounds {
  /** Any message, before it is looked at. */
  heard(): void;
  /** One that was parsed. */
  said(message: WorkerMessage): void;
  /** The model has said so many bytes to it: it has more to tell. */
  told(bytes: number): void;
}

export function workerBounds(): WorkerBounds {
  let messages = MESSAGES;
  let characters = RUN_LIMITS.answerBytes;
  let requests = REQUESTS;
  return {
    heard() {
      if (messages-- < 1) throw workerFailed("it said too much at once");
    },
    said(message) {
      if (message.kind === "fetch" && requests-- < 1) throw workerFailed("it asked the model too often");
      if (message.kind === "text" || message.kind === "reasoning") characters -= message.delta.length;
      // What was told of a try that failed is void.
      if (message.kind === "retry") characters = RUN_LIMITS.answerBytes;
      if (characters < 0) throw workerFailed("its answer is too long");
      if (message.kind === "answer" && JSON.stringify(message.parts).length > 2 * RUN_LIMITS.answerBytes) {
        throw workerFailed("its answer is too long");
      }
    },
    told: (bytes) => void (messages += bytes / BYTES_PER_MESSAGE),
  };
}
