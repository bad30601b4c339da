// deno-lint-ignore-file camelcase -- the fields are those of the wire
import assert from "node:assert/strict";
import { test } from "../sanitized.ts";
import type { ProviderRequest } from "./provider.ts";
import type { Wire } from "./steps.ts";
import { faultsOf } from "./well_formed.ts";

type Body = Record<string, unknown>;

const SCHEMA = { type: "object", properties: {} };
const RIGHT: Readonly<Record<Wire, Body>> = {
  anthropic: {
    model: "m",
    stream: true,
    max_tokens: 10,
    system: [{ type: "text", text: "be good" }],
    tools: [{ name: "stakpak__view", description: "d", input_schema: SCHEMA }],
    messages: [
      { role: "user", content: [{ type: "text", text: "look" }] },
      {
        role: "assistant",
        content: [
          { type: "thinking", thinking: "hm", signature: "s" },
          { type: "text", text: "ok" },
          { type: "tool_use", id: "toolu_1", name: "stakpak__view", input: {} },
        ],
      },
      { role: "user", content: [{ type: "tool_result", tool_use_id: "toolu_1", content: "seen" }] },
    ],
  },
  "openai-chat": {
    model: "m",
    stream: true,
    max_tokens: 10,
    stream_options: { include_usage: true },
    tools: [{ type: "function", function: { name: "stakpak__view", parameters: SCHEMA } }],
    messages: [
      { role: "system", content: "be good" },
      { role: "user", content: "look" },
      {
        role: "assistant",
        content: null,
        tool_calls: [{
          id: "call_1",
          type: "function",
          function: { name: "stakpak__view", arguments: "{}" },
        }],
      },
      { role: "tool", tool_call_id: "call_1", content: "seen" },
    ],
  },
  "openai-responses": {
    model: "m",
    stream: true,
    store: false,
    max_output_tokens: 10,
    tools: [{ type: "function", name: "stakpak__view", parameters: SCHEMA }],
    input: [
      { role: "developer", content: "be good" },
      { role: "user", content: [{ type: "input_text", text: "look" }] },
      { type: "reasoning", id: "rs_1", summary: [], encrypted_content: "e" },
      { type: "function_call", call_id: "call_1", name: "stakpak__view", arguments: "{}" },
      { type: "function_call_output", call_id: "call_1", output: "seen" },
    ],
  },
};

const DOORS: Readonly<Record<Wire, Pick<ProviderRequest, "path" | "headers">>> = {
  anthropic: { path: "/v1/messages", headers: { "x-api-key": "k", "anthropic-version": "2023-06-01" } },
  "openai-chat": { path: "/v1/chat/completions", headers: { authorization: "Bearer k" } },
  "openai-responses": { path: "/v1/responses", headers: { authorization: "Bearer k" } },
};

function asked(wire: Wire, body: Body): ProviderRequest {
  const { path, headers } = DOORS[wire];
  return {
    wire,
    key: "k",
    method: "POST",
    path,
    headers: { ...headers, "content-type": "application/json" },
    text: JSON.stringify(body),
    body,
    closed: Promise.resolve(),
    gone: () => false,
  };
}

/** The list of the body's conversation, by wire. */
const LIST: Readonly<Record<Wire, string>> = {
  anthropic: "messages",
  "openai-chat": "messages",
  "openai-responses": "input",
};

/** A body in which the conversation is another one. */
function said(wire: Wire, change: (list: Body[]) => unknown[]): ProviderRequest {
  const body = structuredClone(RIGHT[wire]);
  return asked(wire, { ...body, [LIST[wire]]: change(body[LIST[wire]] as Body[]) });
}

const WIRES = Object.keys(RIGHT) as Wire[];

test("a right request of each wire has no fault", () => {
  for (const wire of WIRES) assert.deepEqual(faultsOf(asked(wire, RIGHT[wire])), [], wire);
});

test("a call without an answer, an answer without a call, and no limit are faults on every wire", () => {
  const limits = {
    anthropic: "max_tokens",
    "openai-chat": "max_tokens",
    "openai-responses": "max_output_tokens",
  };
  for (const wire of WIRES) {
    assert.match(faultsOf(said(wire, (list) => list.slice(0, -1))).join(), /answer/, wire);
    assert.match(
      faultsOf(said(wire, (list) => list.toSpliced(-2, 1))).join(),
      /is no call|follows no call/,
      wire,
    );
    assert.match(faultsOf(said(wire, (list) => [...list, list.at(-1)!])).join(), /answer|twice/, wire);
    const { [limits[wire]]: _, ...unlimited } = RIGHT[wire];
    assert.match(faultsOf(asked(wire, unlimited)).join(), /must be a positive integer/, wire);
  }
});

test("empty texts, empty answers and arguments that are no object are faults", () => {
  const empty: Readonly<Record<Wire, readonly [Body, RegExp][]>> = {
    anthropic: [
      [
        { role: "user", content: [{ type: "tool_result", tool_use_id: "toolu_1", content: " " }] },
        /empty answer/,
      ],
      [{ role: "user", content: [] }, /it is empty/],
    ],
    "openai-chat": [[{ role: "tool", tool_call_id: "call_1", content: "" }, /empty answer/]],
    "openai-responses": [[{ type: "function_call_output", call_id: "call_1", output: "" }, /empty answer/]],
  };
  for (const wire of WIRES) {
    for (const [last, fault] of empty[wire]) {
      assert.match(faultsOf(said(wire, (list) => [...list.slice(0, -1), last])).join(), fault, wire);
    }
  }
  const call = { type: "function_call", call_id: "call_1", name: "stakpak__view", arguments: '{"a":' };
  assert.match(faultsOf(said("openai-responses", (list) => list.toSpliced(3, 1, call))).join(), /no JSON/);
  const lone = faultsOf(said("openai-responses", (list) => list.toSpliced(3, 2))).join();
  assert.match(lone, /without what it led to/);
});

test("another path, a missing key and a header that nobody needs are faults", () => {
  const right = asked("anthropic", RIGHT.anthropic);
  assert.match(faultsOf({ ...right, path: "/v1/messages/batches" }).join(), /the path is/);
  assert.match(faultsOf({ ...right, headers: {} }).join(), /x-api-key is missing/);
  assert.match(
    faultsOf({ ...right, headers: { ...right.headers, cookie: "a=b" } }).join(),
    /a header cookie/,
  );
  assert.match(faultsOf({ ...right, wire: undefined }).join(), /is no inference/);
});
