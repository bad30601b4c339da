import type { RunEvent } from "../domain/run_event.ts";
import { RedactingStream } from "../secrets/redacting_stream.ts";
import type { LiveRun } from "./live_run.ts";
import { paced } from "./paced.ts";

/** What a model writes, as events while it writes. */
export interface TurnText extends Disposable {
  text(delta: string): void;
  reasoning(delta: string): void;
  /** What was not told yet is void: the model is asked once more. */
  restart(): void;
  /** The events of what was not told yet. Nothing more is told. */
  rest(): RunEvent[];
}

/** So many milliseconds lie between two events: each is a write to disk, and wakes whoever follows. */
const PACE_MS = 100;
/** A short answer is whole by then: it is one write then, with its end. */
const FIRST_MS = 10;

type Delta = Extract<RunEvent, { name: "text_delta" | "thinking_delta" }>;

/** Tells no part of a secret. Failing to write ends the run. */
export function turnText(live: Pick<LiveRun, "redactor" | "write" | "emit" | "end">): TurnText {
  let streams = streamsOf(live);
  let waiting: Delta[] = [];
  const pace = paced(PACE_MS, () => {
    const told = waiting;
    waiting = [];
    try {
      live.write(() => live.emit(...told));
    } catch (error) {
      live.end(error);
    }
  }, FIRST_MS);
  const add = (name: Delta["name"], delta: string) => {
    if (delta === "") return;
    const last = waiting.at(-1);
    const joined = last?.name === name;
    const fields = { delta: joined ? last.fields.delta + delta : delta };
    waiting.splice(joined ? -1 : waiting.length, 1, { name, fields });
  };
  const push = (name: Delta["name"], delta: string) => {
    add(name, streams[name].push(delta));
    if (waiting.length > 0) pace.due();
  };
  return {
    text: (delta) => push("text_delta", delta),
    reasoning: (delta) => push("thinking_delta", delta),
    restart() {
      waiting = [];
      streams = streamsOf(live);
    },
    rest() {
      pace[Symbol.dispose]();
      add("thinking_delta", streams.thinking_delta.flush());
      add("text_delta", streams.text_delta.flush());
      return waiting.splice(0);
    },
    [Symbol.dispose]: () => pace[Symbol.dispose](),
  };
}

function streamsOf({ redactor }: Pick<LiveRun, "redactor">) {
  return { "text_delta": new RedactingStream(redactor), "thinking_delta": new RedactingStream(redactor) };
}
