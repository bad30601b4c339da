// deno-lint-ignore-file camelcase -- the fields are those of the wire
/**
 * What every provider demands of a request, whatever was said before.
 *
 * @module
 */
import { deepEqual, ok } from "node:assert/strict";
import type { Json } from "../../src/domain/json.ts";
import { API_RULES } from "../../src/models/apis.ts";
import type { ModelApi } from "../../src/models/model_api.ts";
import { fit } from "../../src/models/request_shape.ts";

interface Block {
  readonly role: string;
  readonly type: string;
  readonly id?: string;
  readonly text?: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Throws where a request body would be refused: an open call, an answer to none, an empty text, no limit. */
export function wellFormedRequest(api: ModelApi, asked: Fields): void {
  // What ring 0 sends of it; it throws at what it does not know.
  const body = fit(asked as Json, API_RULES[api].shape) as Fields;
  const limit = body.max_tokens ?? body.max_output_tokens ?? body.max_completion_tokens ??
    (body.generationConfig as Fields | undefined)?.maxOutputTokens;
  ok(Number.isInteger(limit) && Number(limit) > 0, `a request without a limit: ${JSON.stringify(limit)}`);
  const text = JSON.stringify(body);
  ok(text.isWellFormed() && !/\\ud[89a-f]/.test(text), "a request with half a character");
  const blocks = BLOCKS[api](body);
  ok(blocks.length > 0, "a request without a message");
  for (const { type, text } of blocks) {
    if (type === "text" || type === "result") {
      ok(text !== undefined && text.trim() !== "", `an empty ${type}`);
    }
  }
  ok(blocks[0]?.role !== "assistant", "a conversation that the model begins");
  ok(blocks.at(-1)?.role !== "assistant", "a conversation that the model ends");
  answered(blocks);
}

/** Every call is answered once, before anything else is said, and every answer belongs to a call. */
function answered(blocks: readonly Block[]): void {
  const called = new Set<string>();
  let open: string[] = [];
  for (const { type, id = "", role } of blocks) {
    if (type === "call") {
      ok(id !== "" && !called.has(id), `the call ${id} is not the only one of that name`);
      called.add(id);
      open.push(id);
    } else if (type === "result") {
      ok(open.includes(id), `an answer to no call: ${id}`);
      open = open.filter((other) => other !== id);
    } else if (role !== "assistant") {
      deepEqual(open, [], "calls without an answer");
    }
  }
  deepEqual(open, [], "calls without an answer");
}

const list = (value: unknown): readonly Fields[] => value as readonly Fields[];
const string = (value: unknown): string => typeof value === "string" ? value : JSON.stringify(value);

const BLOCKS: Readonly<Record<ModelApi, (body: Fields) => readonly Block[]>> = {
  anthropic: ({ messages }) =>
    list(messages).flatMap(({ role, content }) =>
      list(content).map((block) => anthropicBlock(String(role), block))
    ),
  "openai-chat": ({ messages }) => list(messages).filter(({ role }) => role !== "system").flatMap(chatBlocks),
  "openai-responses": ({ input }) =>
    list(input).filter(({ role }) => role !== "system" && role !== "developer").flatMap(responsesBlocks),
  google: ({ contents }) =>
    list(contents).flatMap(({ role, parts }) => list(parts).map((part) => googleBlock(String(role), part))),
};

function anthropicBlock(role: string, { type, id, tool_use_id, text, content, input, name }: Fields): Block {
  if (type === "tool_result") return { role, type: "result", id: string(tool_use_id), text: string(content) };
  if (type !== "tool_use") return { role, type: string(type), ...typeof text === "string" && { text } };
  ok(
    /^[A-Za-z0-9_-]+$/.test(string(id)) && /^[A-Za-z0-9_-]{1,128}$/.test(string(name)),
    "a call of no good name",
  );
  ok(typeof input === "object" && input !== null && !Array.isArray(input), "arguments that are no object");
  return { role, type: "call", id: string(id) };
}

function chatBlocks({ role, content, tool_calls, tool_call_id }: Fields): Block[] {
  if (role === "tool") {
    return [{ role: "tool", type: "result", id: string(tool_call_id), text: string(content) }];
  }
  const calls = list(tool_calls ?? []).map(({ id, function: called }): Block => {
    JSON.parse(string((called as Fields).arguments));
    return { role: string(role), type: "call", id: string(id) };
  });
  const said: Block[] = content === null ? [] : [{ role: string(role), type: "text", text: string(content) }];
  return [...said, ...calls];
}

function responsesBlocks({ type, role, content, call_id, output, arguments: written }: Fields): Block[] {
  if (type === "function_call_output") {
    return [{ role: "tool", type: "result", id: string(call_id), text: string(output) }];
  }
  if (type === "function_call") {
    JSON.parse(string(written));
    return [{ role: "assistant", type: "call", id: string(call_id) }];
  }
  if (type === "reasoning") return [{ role: "assistant", type: "reasoning" }];
  if (typeof content === "string") return [{ role: string(role), type: "text", text: content }];
  return list(content).map(({ text }) => ({ role: string(role), type: "text", text: string(text) }));
}

function googleBlock(
  role: string,
  { text, functionCall, functionResponse, thought, thoughtSignature }: Fields,
): Block {
  const by = role === "model" ? "assistant" : role;
  if (functionCall) return { role: by, type: "call", id: string((functionCall as Fields).id) };
  if (functionResponse) {
    const { id, response } = functionResponse as Fields;
    return { role: by, type: "result", id: string(id), text: string(response) };
  }
  return {
    role: by,
    type: thought || string(text).trim() === "" && thoughtSignature ? "reasoning" : "text",
    text: string(text),
  };
}
