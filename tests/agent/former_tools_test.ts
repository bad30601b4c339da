import assert from "node:assert/strict";
import { formerTools } from "../../src/agent/former_tools.ts";
import { promptOf } from "../../src/agent/prompt_of.ts";
import { test } from "../sanitized.ts";

test("each tool that a conversation has called has one stand-in, under the name that the request gives it", () => {
  const called = (name: string, id: string) =>
    ({ type: "tool_call", call: { id, name, input: {} } }) as const;
  const answered = (...ids: string[]) =>
    ({ role: "tool", results: ids.map((callId) => ({ callId, text: "ok", isError: false })) }) as const;
  const prompt = promptOf("Be good.", [
    { role: "user", text: "Go." },
    { role: "assistant", parts: [called("stakpak__view", "1"), called("od d/name", "2")] },
    answered("1", "2"),
    { role: "assistant", parts: [called("stakpak__view", "3")] },
    answered("3"),
  ]);
  assert.deepEqual(formerTools(prompt).map(({ name }) => name), ["stakpak__view", "od_d_name"]);
  assert.deepEqual(formerTools(promptOf("Be good.", [{ role: "user", text: "Go." }])), []);
});
