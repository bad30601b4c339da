/**
 * What scenarios have in common: commands that wait for the test, and looking at what the model was told.
 *
 * @module
 */
import assert from "node:assert/strict";
import { until } from "./await_condition.ts";
import type { ProviderRequest } from "./provider.ts";
import type { Play } from "./scenario.ts";
import type { ModelCall } from "./steps.ts";
import { type Body, isRecord, listOf } from "./well_formed_parts.ts";

let calls = 0;

/** A call of one of our tools, with an id of its own. */
export function call(
  tool: string,
  input: unknown,
  id = `call_${++calls}x${crypto.randomUUID().slice(0, 8)}`,
): ModelCall {
  return { name: tool.includes("__") ? tool : `stakpak__${tool}`, input, id };
}

/** A command that says when it is under way, waits until the test lets it go on, and counts how often it has run. */
export function waiting(name: string, id?: string): ModelCall {
  const command =
    `echo x >> ${name}.count; touch ${name}.begun; until [ -e ${name}.go ]; do sleep 0.02; done; echo ${name} done`;
  return call("run_command", { command }, id);
}

/** Settles when that command is under way. */
export async function begun({ folder }: Play, name: string): Promise<void> {
  await exists(`${folder}/${name}.begun`);
}

export async function letGo({ folder }: Play, name: string): Promise<void> {
  await Deno.writeTextFile(`${folder}/${name}.go`, "");
}

/** How often a command that counts has begun. */
export async function timesRun({ folder }: Pick<Play, "folder">, name: string): Promise<number> {
  const text = await Deno.readTextFile(`${folder}/${name}.count`).catch(() => "");
  return text.split("\n").length - 1;
}

/** Settles when there is something at that path. */
export async function exists(path: string): Promise<void> {
  await until(path, () => Deno.stat(path).then(() => true, () => false));
}

/** What the model is told in that request in answer to calls, by their ids, in their order. */
export function answersIn({ wire, body }: ProviderRequest): Map<string, string> {
  const all = [...listOf(body.messages), ...listOf(body.input)].filter(isRecord);
  const pairs = all.flatMap((entry): [string, string][] => {
    if (wire === "openai-chat") {
      return entry.role === "tool" ? [[String(entry.tool_call_id), textIn(entry.content)]] : [];
    }
    if (wire === "openai-responses") {
      return entry.type === "function_call_output" ? [[String(entry.call_id), textIn(entry.output)]] : [];
    }
    return listOf(entry.content).filter(isRecord).filter(({ type }) => type === "tool_result")
      .map((block) => [String(block.tool_use_id), textIn(block.content)]);
  });
  return new Map(pairs);
}

/** The answer that the model got for the `n`th call (from 0) of the script's last request. */
export function answer({ script }: Pick<Play, "script">, n = 0): string {
  return [...answersIn(script.requests.at(-1)!).values()][n] ?? assert.fail(`there is no answer ${n}`);
}

function textIn(content: unknown): string {
  if (typeof content === "string") return content;
  return listOf(content).filter(isRecord).map(({ text }) => String(text ?? "")).join("");
}

/** The names of the tools in a request. */
export function toolsIn({ body }: ProviderRequest): string[] {
  return listOf(body.tools).filter(isRecord).map((tool: Body) =>
    String(isRecord(tool.function) ? tool.function.name : tool.name)
  );
}

/** Whoever is told of `status` in answer to what was asked. */
export function accepted({ status, body }: { status: number; body: unknown }): void {
  assert.equal(status, 200, JSON.stringify(body));
}
