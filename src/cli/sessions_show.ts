import { EXIT, type ExitCode } from "../domain/error.ts";
import type { AssistantPart, Message } from "../domain/message.ts";
import { plainText } from "../domain/plain_text.ts";
import type { RunRecord, SessionRecord } from "../server/records.ts";
import { callLine, indented, oneLine } from "./call_text.ts";
import type { Cli } from "./cli.ts";
import { existingSession } from "./existing_session.ts";
import type { GlobalOptions } from "./leaf.ts";
import { lookedAtStore } from "./looked_at_store.ts";

const RESULT_LINES = 20;

/** `sessions show ID` */
export async function showSession(cli: Cli, _options: GlobalOptions, id: string): Promise<ExitCode> {
  using store = await lookedAtStore(cli);
  const session = existingSession(store, id);
  const said = store!.messages.all(id).flatMap(linesOf);
  cli.terminal.print([headOf(session, store!.runs.latest(id)), ...said].join("\n\n"));
  return EXIT.ok;
}

function headOf({ id, title, createdAt, model, tools }: SessionRecord, run: RunRecord | undefined): string {
  return [
    `${oneLine(title, 200)}`,
    `session ${id}, of ${createdAt.replace(/\.\d+Z$/, "Z")}`,
    `model ${model === undefined ? "not chosen yet" : plainText(model)}, tools: ${tools ?? "not chosen yet"}`,
    run ? `last run ${stateOf(run)}` : "no run yet",
  ].join("\n");
}

function stateOf({ state, end }: RunRecord): string {
  if (end && "failed" in end) return `failed (${end.failed}): ${plainText(end.error)}`;
  return end?.stopped === "max_turns" ? "completed (max_turns)" : state;
}

function linesOf(message: Message): string[] {
  switch (message.role) {
    case "user":
      return [`user:\n${shown(message.text)}`];
    case "assistant":
      return message.parts.map(partText);
    case "tool":
      return message.results.map(({ text, isError }) =>
        `${isError ? "failed" : "result"}:\n${shown(clipped(text))}`
      );
  }
}

function partText(part: AssistantPart): string {
  switch (part.type) {
    case "text":
      return `assistant:\n${shown(part.text)}`;
    case "reasoning":
      return `reasoning:\n${shown(clipped(part.text))}`;
    case "tool_call":
      return `→ ${callLine({ tool: part.call.name, input: part.call.input as never })}`;
  }
}

function shown(text: string): string {
  return indented(plainText(text.trimEnd(), { newlines: "keep" }));
}

function clipped(text: string): string {
  const lines = text.trimEnd().split("\n");
  if (lines.length <= RESULT_LINES) return text;
  return [...lines.slice(0, RESULT_LINES), `… ${lines.length - RESULT_LINES} more lines`].join("\n");
}
