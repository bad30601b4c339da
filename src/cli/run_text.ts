import type { Json } from "../domain/json.ts";
import { plainText } from "../domain/plain_text.ts";
import { callLine, oneLine } from "./call_text.ts";
import type { RunOutput } from "./run_output.ts";
import type { Terminal } from "./terminal.ts";

const REASON_CHARACTERS = 300;

/**
 * For people: what the model says to stdout, the rest to stderr. A terminal gets it as it comes; a pipe in whole
 * texts, so that an answer which was cut off and asked for again is not in there twice.
 */
export function textOutput(terminal: Terminal): RunOutput {
  const inputs = new Map<string, Json>();
  /** Whether the cursor stands behind a piece of text. */
  let open = false;
  const endLine = () => {
    if (open) terminal.write("\n");
    open = false;
  };
  const note = (text: string) => {
    endLine();
    terminal.note(text);
  };
  const lineOf = ({ tool_call_id, tool_name }: { tool_call_id: string; tool_name: string }) =>
    callLine({ tool: tool_name, input: inputs.get(tool_call_id) ?? {} });
  return {
    resumes: (calls) => calls.forEach(({ callId, input }) => inputs.set(callId, input)),
    heard({ event }) {
      switch (event.name) {
        case "run_started":
          return event.fields.notes.forEach(note);
        case "text_delta":
          if (!terminal.streams) return;
          terminal.write(event.fields.delta);
          open = !event.fields.delta.endsWith("\n");
          return;
        case "text_complete":
          if (terminal.streams) return endLine();
          return terminal.write(withNewline(event.fields.text));
        case "tool_calls_proposed":
          return event.fields.tool_calls.forEach((call) => inputs.set(call.id, call.arguments));
        case "tool_execution_started":
          return note(`→ ${lineOf(event.fields)}`);
        case "tool_execution_completed":
          if (event.fields.is_error) note(`  failed: ${oneLine(event.fields.result, REASON_CHARACTERS)}`);
          return;
        case "tool_rejected":
          return note(`✗ ${lineOf(event.fields)}\n  ${plainText(event.fields.reason)}`);
        case "retry_attempt": {
          const { attempt, delay_ms, reason } = event.fields;
          return note(
            `The model is asked again (${attempt}) in ${delay_ms} ms: ${oneLine(reason, REASON_CHARACTERS)}`,
          );
        }
        case "user_message":
          return note(`> ${oneLine(event.fields.text, REASON_CHARACTERS)}`);
      }
    },
    left: endLine,
  };
}

function withNewline(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}
