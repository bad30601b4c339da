import { deepEqual, equal, rejects } from "node:assert/strict";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { Client } from "../../src/mcp/sdk_client.ts";
import { createServer } from "../../src/mcp/server.ts";
import { startToolCalls } from "../../src/mcp/tool_calls.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { fakeTools } from "../fakes/fake_tools.ts";
import { test } from "../sanitized.ts";

/** A client and the server, linked in memory. */
async function linked(redact = (text: string) => text, options: { sessions?: boolean } = {}) {
  const fakes = fakeTools();
  const calls = startToolCalls({ tools: fakes.tools, host: fakeHost(), workspace: "/work", log() {} });
  const server = createServer({ calls, version: "1.2.3", redact, ...options });
  const client = new Client({ name: "test", version: "0" });
  const [one, other] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(one), client.connect(other)]);
  return { client, fakes, [Symbol.asyncDispose]: () => client.close() };
}

test("the server says who it is and that it has tools", async () => {
  await using link = await linked();
  deepEqual(link.client.getServerVersion(), { name: "stakpak", version: "1.2.3" });
  deepEqual(link.client.getServerCapabilities(), { tools: {} });
  equal(link.client.getInstructions(), "The Stakpak MCP server.");
});

test("the server lists tools with all their hints and a strict schema", async () => {
  await using link = await linked();
  const { tools, nextCursor } = await link.client.listTools();
  equal(nextCursor, undefined);
  deepEqual(tools.map(({ name }) => name), link.fakes.tools.map(({ name }) => name));
  for (const { annotations, inputSchema } of tools) {
    deepEqual(Object.keys(annotations!).sort(), [
      "destructiveHint",
      "idempotentHint",
      "openWorldHint",
      "readOnlyHint",
    ]);
    equal(inputSchema.type, "object");
    equal(inputSchema.additionalProperties, false);
  }
});

test("a result is one block of text, a failure its code and a sentence", async () => {
  await using link = await linked();
  deepEqual(await link.client.callTool({ name: "echo", arguments: { text: "hi" } }), {
    content: [{ type: "text", text: "hi" }],
  });
  deepEqual(await link.client.callTool({ name: "fail" }), {
    content: [{ type: "text", text: "FILE_NOT_FOUND" }, { type: "text", text: "it is not there" }],
    isError: true,
  });
});

test("an unknown tool is an error of the protocol that does not repeat its name", async () => {
  await using link = await linked();
  await rejects(link.client.callTool({ name: "sk-secret" }), {
    code: -32602,
    message: "MCP error -32602: Cannot call the tool: there is none of that name",
  });
});

test("a call is the session's that it names where that may be named, and else nobody's", async () => {
  const params = { name: "where", _meta: { "stakpak/session": { name: "a-1", folder: true } } };
  await using box = await linked(undefined, { sessions: true });
  deepEqual((await box.client.callTool(params)).content, [{ type: "text", text: "/work/a-1" }]);
  await rejects(
    box.client.callTool({ ...params, _meta: { "stakpak/session": { name: "../a", folder: true } } }),
    {
      code: -32602,
    },
  );
  await using machine = await linked();
  deepEqual((await machine.client.callTool(params)).content, [{ type: "text", text: "/work" }]);
});

test("progress is told under the request's own token, counted, cut short and not more often than needed", async () => {
  await using link = await linked();
  const told: unknown[] = [];
  const says = ["first", "x".repeat(1_000), "last"];
  await link.client.callTool({ name: "report", arguments: { says } }, undefined, {
    onprogress: (progress) => told.push(progress),
  });
  deepEqual(told, [{ progress: 1, message: "first" }]);
  const cut: unknown[] = [];
  await link.client.callTool({ name: "report", arguments: { says: ["x".repeat(1_000)] } }, undefined, {
    onprogress: (progress) => cut.push(progress),
  });
  deepEqual(cut[0], { progress: 1, message: "x".repeat(512) });
});

test("what leaves a tool is redacted: results, failures and progress", async () => {
  await using link = await linked((text) => text.replaceAll("hunter2", "[gone]"));
  const told: unknown[] = [];
  const { content } = await link.client.callTool({ name: "echo", arguments: { text: "it is hunter2" } });
  deepEqual(content, [{ type: "text", text: "it is [gone]" }]);
  await link.client.callTool({ name: "report", arguments: { says: ["saw hunter2"] } }, undefined, {
    onprogress: ({ message }) => told.push(message),
  });
  deepEqual(told, ["saw [gone]"]);
  const wrong = await link.client.callTool({ name: "echo", arguments: { hunter2: 1 } });
  equal(JSON.stringify(wrong).includes("hunter2"), false);
});

test("a cancelled request ends its tool", async () => {
  await using link = await linked();
  const ending = new AbortController();
  const ended = link.fakes.ended();
  const call = link.client.callTool({ name: "wait" }, undefined, { signal: ending.signal });
  await link.fakes.waiting();
  ending.abort("enough");
  await rejects(call);
  equal(await ended, "enough");
});

test("a session that ends takes its calls with it", async () => {
  const link = await linked();
  const ended = link.fakes.ended();
  const call = rejects(link.client.callTool({ name: "wait" }), /Connection closed/);
  await link.fakes.waiting();
  await link.client.close();
  await Promise.all([call, ended]);
});

test("the 65th call at a time in one session is refused", async () => {
  await using link = await linked();
  const ending = new AbortController();
  const waiting = Array.from(
    { length: 64 },
    () => rejects(link.client.callTool({ name: "wait" }, undefined, { signal: ending.signal })),
  );
  const { content } = await link.client.callTool({ name: "echo", arguments: { text: "" } });
  deepEqual(content, [{ type: "text", text: "TOO_MANY_CALLS" }, {
    type: "text",
    text: "64 calls are under way: wait for one",
  }]);
  ending.abort();
  await Promise.all(waiting);
});
