import type { RunOverrides } from "../domain/run.ts";
import { ApiError } from "./api_error.ts";
import type { SendMessage } from "./api_schemas_messages.ts";
import { callerContext } from "./caller_context.ts";
import type { ContextItem, StartRun } from "./run_service.ts";

/** What a message asks for. */
export type MessageRequest =
  | { readonly kind: "message"; readonly run: StartRun }
  | { readonly kind: "steering" | "follow_up"; readonly runId: string; readonly text: string };

/** Of a run that is under way already: it goes on as it began. */
const OF_NEW_RUNS = ["profile", "model", "sandbox", "pause_on_approval", "context", "overrides"] as const;

/**
 * What that body asks of session `sessionId`, whose run `active` has not ended. Throws `ApiError` 400, and 409
 * `run_mismatch`.
 */
export function requestOf(sessionId: string, body: SendMessage, active: string | undefined): MessageRequest {
  const text = textOf(body);
  const kind = body.type ?? "message";
  if (kind === "message") {
    if (body.run_id && active !== undefined && body.run_id !== active) {
      throw new ApiError(409, "run_mismatch", "Provided run_id does not match active run");
    }
    return { kind, run: runOf(sessionId, text, body) };
  }
  const field = OF_NEW_RUNS.find((name) => body[name] !== undefined && body[name] !== null);
  if (field !== undefined) {
    throw new ApiError(400, "invalid_request", `${field} is for a new run: leave it out with type ${kind}`);
  }
  if (!body.run_id) {
    throw new ApiError(409, "run_mismatch", "run_id is required for steering/follow_up");
  }
  return { kind, runId: body.run_id, text };
}

function textOf({ message: { content } }: SendMessage): string {
  const text = typeof content === "string" ? content : content.map((part) => part.text).join("");
  if (text.trim() !== "") return text;
  throw new ApiError(400, "invalid_request", "message.content says nothing");
}

function runOf(sessionId: string, text: string, body: SendMessage): StartRun {
  const { profile, model } = body;
  return {
    sessionId,
    text,
    context: callerContext((body.context ?? []).map(contextOf)),
    ...(profile && { profile }),
    ...(model && { model }),
    overrides: overridesOf(body.overrides ?? {}),
    sandbox: body.sandbox ?? true,
    pauseOnApproval: body.pause_on_approval ?? true,
    origin: "api",
  };
}

function contextOf(
  { name, content, priority }: NonNullable<SendMessage["context"]>[number],
): ContextItem {
  return { name, content, ...(priority && { priority }) };
}

function overridesOf(
  { model, auto_approve: autoApprove, system_prompt: systemPrompt, max_turns: maxTurns }: NonNullable<
    SendMessage["overrides"]
  >,
): RunOverrides {
  return {
    ...(model && { model }),
    ...(autoApprove && { autoApprove }),
    ...(systemPrompt && { systemPrompt }),
    ...(maxTurns && { maxTurns }),
  };
}
