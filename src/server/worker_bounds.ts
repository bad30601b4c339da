import type { WorkerMessage } from "../agent/protocol.ts";
import { RUN_LIMITS } from "../domain/run_limits.ts";
import { workerFailed } from "./run_over.ts";

/** Messages of one turn without a word of the model. */
const MESSAGES = 2_000;
/** A delta of a model takes more bytes than that on its way to the worker. */
const BYTES_PER_MESSAGE = 16;
/** Each try, and once more when the conversation was too long and is cut further. */
const REQUESTS = 1 + RUN_LIMITS.retries + 1;
/** Before each request the history may be reduced, and behind it a retry told: each is a write to disk. */
const ASIDES = 2 * REQUESTS;
/** What may be told beyond what the model said: ids that are made up, what stands around parts. */
const OWN_CHARACTERS = 64 * 1024;
/** A number such as `1e20` is longer once it was read. */
const LONGER = 2;

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
  let requests = REQUESTS;
  let asides = ASIDES;
  let bytes = 0;
  let characters = 0;
  return {
    heard() {
      if (messages-- < 1) throw workerFailed("it said too much at once");
    },
    said(message) {
      switch (message.kind) {
        case "fetch":
          if (requests-- < 1) throw workerFailed("it asked the model too often");
          break;
        case "retry":
        case "reduced":
          if (asides-- < 1) throw workerFailed("it said too much at once");
          break;
        case "text":
        case "reasoning":
          characters += message.delta.length;
          if (characters > bytes + OWN_CHARACTERS) throw longer();
          break;
        case "answer":
          if (lengthOf(message.parts) > LONGER * bytes + OWN_CHARACTERS) throw longer();
      }
    },
    told(more) {
      bytes += more;
      messages += more / BYTES_PER_MESSAGE;
    },
  };
}

/** As JSON, which a part that holds itself is not. */
function lengthOf(parts: unknown): number {
  try {
    return JSON.stringify(parts).length;
  } catch {
    throw workerFailed("it said what no worker says");
  }
}

function longer(): Error {
  return workerFailed("its answer is longer than what its model said");
}
