import { plainJson, plainJsonLine } from "../domain/plain_json.ts";
import { eventEnvelope } from "../server/event_envelope.ts";
import type { CallRecord, StoredEvent } from "../server/records.ts";
import { runDocument, type RunLeft } from "./run_document.ts";
import { textOutput } from "./run_text.ts";
import type { Terminal } from "./terminal.ts";

/** What a run prints. Data goes to stdout; how the run is left is said on stderr as well, by whoever follows it. */
export interface RunOutput {
  /** Told first of calls that were proposed before anything is heard: of a run that was paused. */
  resumes?(calls: readonly CallRecord[]): void;
  heard(event: StoredEvent): void;
  /** Called once, at the end. */
  left(left: RunLeft): void;
}

const OUTPUTS = {
  text: textOutput,
  json: documentOutput,
  "stream-json": eventOutput,
} as const satisfies Record<string, (terminal: Terminal) => RunOutput>;

export type RunFormat = keyof typeof OUTPUTS;
export const RUN_FORMATS = Object.keys(OUTPUTS) as RunFormat[];

export function runOutput(format: RunFormat, terminal: Terminal): RunOutput {
  return OUTPUTS[format](terminal);
}

/** One document, when all is done. */
function documentOutput(terminal: Terminal): RunOutput {
  let text = "";
  return {
    heard({ event }) {
      if (event.name === "text_complete") text = event.fields.text;
    },
    left: (left) => terminal.print(plainJson(runDocument(left, text))),
  };
}

/** Every event as it comes, a line each: what the stream of the API has as `data`. */
function eventOutput(terminal: Terminal): RunOutput {
  return { heard: (event) => terminal.print(plainJsonLine(eventEnvelope(event))), left: () => {} };
}
