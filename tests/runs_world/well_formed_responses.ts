import {
  argumentFaults,
  type Body,
  isRecord,
  isText,
  listOf,
  toolFaults,
  topFaults,
} from "./well_formed_parts.ts";

/** Source: OpenAI API reference, "Create a model response"; guide "Reasoning models", "Keeping reasoning items in context". */
export function responsesFaults(body: Body): string[] {
  const items = listOf(body.input).filter(isRecord);
  const tools = listOf(body.tools).filter(isRecord).map(({ name, parameters: schema, description }) => ({
    name,
    schema,
    description,
  }));
  return [
    ...topFaults(body, ["max_output_tokens"]),
    ...toolFaults(tools, 64),
    ...(body.store === false ? [] : ["the provider is asked to keep it"]),
    ...(body.previous_response_id === undefined ? [] : ["it counts on what the provider keeps"]),
    ...(items.some(({ role }) => role === "user") ? [] : ["there is no message of the user"]),
    ...(items.at(-1)?.role === "assistant" ? ["the last item is the model's"] : []),
    ...callFaults(items),
    ...items.flatMap((item, index) => itemFaults(item, items[index + 1], index)),
  ];
}

/** Each call has one answer, behind it, before anybody speaks again. */
function callFaults(items: readonly Body[]): string[] {
  const open = new Set<string>();
  const faults: string[] = [];
  for (const [index, { type, role, call_id: callId }] of items.entries()) {
    const at = `item ${index}`;
    const id = String(callId);
    if (type === "function_call") {
      if (open.has(id)) faults.push(`${at}: two calls have the id ${id}`);
      open.add(id);
    } else if (type === "function_call_output") {
      if (!open.delete(id)) faults.push(`${at}: an answer for ${id}, which is no call`);
    } else if (role === "user" && open.size > 0) {
      faults.push(`${at}: no answer for call ${[...open].join(", ")}`);
      open.clear();
    }
  }
  return [...faults, ...[...open].map((id) => `no answer for call ${id}`)];
}

function itemFaults(item: Body, next: Body | undefined, index: number): string[] {
  const at = `item ${index}`;
  switch (item.type ?? "message") {
    case "message":
      return messageFaults(item, at);
    case "function_call":
      return [
        ...(isText(item.call_id) && item.call_id.length <= 64
          ? []
          : [`${at}: a call's id is ${item.call_id}`]),
        ...(/^[a-zA-Z0-9_-]{1,64}$/.test(String(item.name)) ? [] : [`${at}: a call's name is ${item.name}`]),
        ...argumentFaults(item.arguments, at),
      ];
    case "function_call_output":
      return isText(outputText(item.output)) ? [] : [`${at}: an empty answer`];
    case "reasoning":
      return [
        ...(isText(item.encrypted_content) ? [] : [`${at}: a thought that only the provider has`]),
        ...(Array.isArray(item.summary) ? [] : [`${at}: a thought without its summary`]),
        ...(next && (next.role === "assistant" || next.type === "function_call" || next.type === "reasoning")
          ? []
          : [`${at}: a thought without what it led to`]),
      ];
    default:
      return [`${at}: an item of type ${item.type}`];
  }
}

function messageFaults({ role, content }: Body, at: string): string[] {
  if (!["system", "developer", "user", "assistant"].includes(String(role))) {
    return [`${at}: its role is ${role}`];
  }
  if (typeof content === "string") return isText(content) ? [] : [`${at}: it is empty`];
  const wanted = role === "assistant" ? "output_text" : "input_text";
  const parts = listOf(content).filter(isRecord);
  return [
    ...(parts.length > 0 ? [] : [`${at}: it is empty`]),
    ...parts.filter(({ type }) => type !== wanted).map(({ type }) => `${at}: a part of type ${type}`),
    ...parts.filter(({ text }) => !isText(text)).map(() => `${at}: an empty text`),
  ];
}

function outputText(output: unknown): string {
  if (typeof output === "string") return output;
  return listOf(output).map((part) => isRecord(part) && isText(part.text) ? part.text : "").join("");
}
