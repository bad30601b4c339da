import {
  answerFaults,
  argumentFaults,
  type Body,
  isRecord,
  isText,
  listOf,
  toolFaults,
  topFaults,
} from "./well_formed_parts.ts";

/** Source: OpenAI API reference, "Create chat completion". */
export function chatFaults(body: Body): string[] {
  const messages = listOf(body.messages).filter(isRecord);
  const tools = listOf(body.tools).filter(isRecord).map(({ function: made }) => isRecord(made) ? made : {});
  const options = isRecord(body.stream_options) ? body.stream_options : {};
  return [
    ...topFaults(body, ["max_tokens", "max_completion_tokens"]),
    ...toolFaults(
      tools.map(({ name, parameters: schema, description }) => ({ name, schema, description })),
      64,
    ),
    ...(body.tools !== undefined && tools.length === 0 ? ["tools is an empty list"] : []),
    ...(options.include_usage === true ? [] : ["it does not ask for the usage"]),
    ...(messages.some(({ role }) => role === "user") ? [] : ["there is no message of the user"]),
    ...(messages.at(-1)?.role === "assistant" ? ["the last message is the model's"] : []),
    ...messages.flatMap((message, index) => messageFaults(message, messages, index)),
  ];
}

function messageFaults(message: Body, messages: readonly Body[], index: number): string[] {
  const at = `message ${index}`;
  const calls = callsOf(message);
  switch (message.role) {
    case "system":
    case "developer":
      return [
        ...(index === 0 ? [] : [`${at}: ${message.role} in the middle`]),
        ...(isText(textOf(message.content)) ? [] : [`${at}: it is empty`]),
      ];
    case "user":
      return isText(textOf(message.content)) ? [] : [`${at}: it is empty`];
    case "assistant":
      return [
        ...(isText(textOf(message.content)) || calls.length > 0 ? [] : [`${at}: it is empty`]),
        ...(message.tool_calls !== undefined && calls.length === 0 ? [`${at}: tool_calls is empty`] : []),
        ...calls.flatMap((call) => callFaults(call, at)),
        ...answerFaults(calls.map(({ id }) => String(id)), answersAfter(messages, index), at),
      ];
    case "tool":
      return [
        ...(isText(textOf(message.content)) ? [] : [`${at}: an empty answer`]),
        ...(["assistant", "tool"].includes(String(messages[index - 1]?.role))
          ? []
          : [`${at}: an answer that follows no call`]),
      ];
    default:
      return [`${at}: its role is ${message.role}`];
  }
}

function callFaults({ id, type, function: made }: Body, at: string): string[] {
  const { name, arguments: text } = isRecord(made) ? made : {};
  return [
    ...(isText(id) ? [] : [`${at}: a call without an id`]),
    ...(type === "function" ? [] : [`${at}: a call of type ${type}`]),
    ...(/^[a-zA-Z0-9_-]{1,64}$/.test(String(name)) ? [] : [`${at}: a call's name is ${name}`]),
    ...argumentFaults(text, at),
  ];
}

function callsOf({ role, tool_calls: calls }: Body): Body[] {
  return role === "assistant" ? listOf(calls).filter(isRecord) : [];
}

/** The answers right behind a message, up to the next message that is none. */
function answersAfter(messages: readonly Body[], index: number): string[] {
  const rest = messages.slice(index + 1);
  const end = rest.findIndex(({ role }) => role !== "tool");
  return rest.slice(0, end < 0 ? undefined : end).map(({ tool_call_id: id }) => String(id));
}

function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  return listOf(content).map((part) => isRecord(part) && isText(part.text) ? part.text : "").join("");
}
