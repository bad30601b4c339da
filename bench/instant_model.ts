// deno-lint-ignore-file no-console camelcase -- says its port; the fields are the provider's
/**
 * A model that answers at once, in the format of OpenAI Chat: as many tool rounds as the last prompt says (`rounds=5`),
 * then a word. Run: deno run --allow-net bench/instant_model.ts
 */

interface Asked {
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
}

const ENCODER = new TextEncoder();

function rounds(prompt: Asked["messages"][number] | undefined): number {
  return Number(/rounds=(\d+)/.exec(JSON.stringify(prompt) ?? "")?.[1] ?? 0);
}

function deltaOf({ messages }: Asked): [delta: unknown, finish: string] {
  const prompt = messages.findLastIndex(({ role }) => role === "user");
  const done = messages.slice(prompt).filter(({ role }) => role === "tool").length;
  if (done >= rounds(messages[prompt])) return [{ role: "assistant", content: "done" }, "stop"];
  const call = { name: "stakpak__run_command", arguments: JSON.stringify({ command: `true ${done}` }) };
  const tool_calls = [{ index: 0, id: `call_${done}`, type: "function", function: call }];
  return [{ role: "assistant", tool_calls }, "tool_calls"];
}

export function answerOf(asked: Asked): Uint8Array<ArrayBuffer> {
  const [delta, finish] = deltaOf(asked);
  const chunk = (choices: unknown, more: object = {}) =>
    `data: ${
      JSON.stringify({ id: "1", object: "chat.completion.chunk", created: 1, model: "m", choices, ...more })
    }\n\n`;
  const usage = { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 };
  return ENCODER.encode(
    chunk([{ index: 0, delta, finish_reason: null }]) +
      chunk([{ index: 0, delta: {}, finish_reason: finish }], { usage }) + "data: [DONE]\n\n",
  );
}

if (import.meta.main) {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: ({ port }) => console.log(port) },
    async (request) => {
      const asked = await request.json() as Asked;
      return new Response(answerOf(asked), { headers: { "content-type": "text/event-stream" } });
    },
  );
  await server.finished;
}
