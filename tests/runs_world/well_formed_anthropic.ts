import {
  answerFaults,
  type Body,
  isRecord,
  isText,
  listOf,
  toolFaults,
  topFaults,
} from "./well_formed_parts.ts";

/** Source: Anthropic API reference, "Messages", "Tool use", "Extended thinking". */
export function anthropicFaults(body: Body): string[] {
  const messages = listOf(body.messages);
  const tools = listOf(body.tools).filter(isRecord).map(({ name, input_schema: schema, description }) => ({
    name,
    schema,
    description,
  }));
  const used = messages.flatMap(blocksOf).some(({ type }) => type === "tool_use" || type === "tool_result");
  return [
    ...topFaults(body, ["max_tokens"]),
    ...toolFaults(tools, 128),
    ...systemFaults(body.system),
    ...(messages.length > 0 ? [] : ["there are no messages"]),
    ...(roleOf(messages[0]) === "user" ? [] : ["the first message is not the user's"]),
    ...(roleOf(messages.at(-1)) === "user" ? [] : ["the last message is not the user's"]),
    ...(used && tools.length === 0 ? ["there are calls, and no tools"] : []),
    ...(cacheMarks(body) <= 4 ? [] : ["more than four cache_control marks"]),
    ...messages.flatMap((message, index) =>
      messageFaults(message, messages[index - 1], messages[index + 1], index)
    ),
  ];
}

function systemFaults(system: unknown): string[] {
  if (system === undefined || isText(system)) return [];
  const blocks = listOf(system);
  const right = blocks.length > 0 &&
    blocks.every((block) => isRecord(block) && block.type === "text" && isText(block.text));
  return right ? [] : ["system is empty"];
}

function messageFaults(message: unknown, before: unknown, after: unknown, index: number): string[] {
  const at = `message ${index}`;
  const role = roleOf(message);
  if (role !== "user" && role !== "assistant") return [`${at}: its role is ${role}`];
  const blocks = blocksOf(message);
  const results = blocks.filter(({ type }) => type === "tool_result");
  const firstOther = blocks.findIndex(({ type }) => type !== "tool_result");
  return [
    ...(roleOf(before) === role ? [`${at}: ${role} twice in a row`] : []),
    ...(blocks.length > 0 ? [] : [`${at}: it is empty`]),
    ...blocks.flatMap((block) => blockFaults(block, role, at)),
    ...(role === "user"
      ? answerFaults(callsOf(before), results.map(({ tool_use_id: id }) => String(id)), at)
      : []),
    ...(role === "assistant" && callsOf(message).length > 0 && roleOf(after) !== "user"
      ? [`${at}: no answers follow its calls`]
      : []),
    ...(firstOther >= 0 && blocks.slice(firstOther).some(({ type }) => type === "tool_result")
      ? [`${at}: something stands before an answer`]
      : []),
    ...(role === "assistant" && blocks.at(-1)?.type === "thinking" ? [`${at}: it ends in a thought`] : []),
  ];
}

function blockFaults(block: Body, role: string, at: string): string[] {
  switch (block.type) {
    case "text":
      return isText(block.text) ? [] : [`${at}: an empty text`];
    case "thinking":
      return [
        ...(role === "assistant" ? [] : [`${at}: the user thinks`]),
        ...(isText(block.signature) ? [] : [`${at}: a thought without its signature`]),
        ...(typeof block.thinking === "string" ? [] : [`${at}: a thought without a text`]),
      ];
    case "redacted_thinking":
      return isText(block.data) ? [] : [`${at}: a hidden thought without its data`];
    case "tool_use":
      return [
        ...(role === "assistant" ? [] : [`${at}: the user calls`]),
        ...(/^[a-zA-Z0-9_-]+$/.test(String(block.id)) ? [] : [`${at}: a call's id is ${block.id}`]),
        ...(/^[a-zA-Z0-9_-]{1,200}$/.test(String(block.name))
          ? []
          : [`${at}: a call's name is ${block.name}`]),
        ...(isRecord(block.input) ? [] : [`${at}: a call's input is no object`]),
      ];
    case "tool_result":
      return [
        ...(role === "user" ? [] : [`${at}: the model answers`]),
        ...(isText(resultText(block.content)) ? [] : [`${at}: an empty answer`]),
      ];
    default:
      return [`${at}: a block of type ${block.type}`];
  }
}

function resultText(content: unknown): string {
  if (typeof content === "string") return content;
  return listOf(content).map((block) => isRecord(block) && block.type === "text" ? block.text : "").join("");
}

function roleOf(message: unknown): unknown {
  return isRecord(message) ? message.role : undefined;
}

function blocksOf(message: unknown): Body[] {
  if (!isRecord(message)) return [];
  if (typeof message.content === "string") return [{ type: "text", text: message.content }];
  return listOf(message.content).filter(isRecord);
}

function callsOf(message: unknown): string[] {
  return roleOf(message) !== "assistant"
    ? []
    : blocksOf(message).filter(({ type }) => type === "tool_use").map(({ id }) => String(id));
}

function cacheMarks(body: Body): number {
  return JSON.stringify(body).split('"cache_control":{').length - 1;
}
