import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { ToolboxGone } from "../../src/domain/toolbox.ts";
import { mcpToolbox } from "../../src/mcp/client.ts";
import type { Fetch } from "../../src/mcp/watched_fetch.ts";
import { fakeTools } from "../fakes/fake_tools.ts";
import { test } from "../sanitized.ts";
import { toolboxSuite } from "../suites/toolbox_suite.ts";
import { serveTools } from "./served_tools.ts";

const never = new AbortController().signal;
const echo = (text: string) => ({ id: "1", name: "stakpak__echo", input: { text } });

toolboxSuite("the client", async () => {
  const fakes = fakeTools();
  const served = await serveTools(fakes.tools);
  const client = served.wire.client();
  const toolbox = mcpToolbox({ fetch: client.fetch, version: "1.2.3", sessionFolders: true });
  return {
    toolbox,
    fakes,
    kill: () => served.wire.server.close(),
    async [Symbol.asyncDispose]() {
      await toolbox[Symbol.asyncDispose]();
      client[Symbol.dispose]();
      await served[Symbol.asyncDispose]();
    },
  };
});

/** A server of nothing but answers: by the method of JSON-RPC. */
function answering(answers: Record<string, (params: Record<string, unknown>) => unknown>): Fetch {
  return (_url, { method, body } = {}) => {
    if (method !== "POST") return Promise.resolve(new Response(null, { status: 405 }));
    const { id, method: name, params } = JSON.parse(String(body));
    if (id === undefined) return Promise.resolve(new Response(null, { status: 202 }));
    const capabilities = { tools: {} };
    const serverInfo = { name: "odd", version: "0" };
    const result = name === "initialize"
      ? { protocolVersion: params.protocolVersion, capabilities, serverInfo }
      : answers[name]!(params);
    if (result instanceof Response) return Promise.resolve(result);
    return Promise.resolve(Response.json({ jsonrpc: "2.0", id, result }));
  };
}

const tool = (name: string) => ({ name, inputSchema: { type: "object" } });

test("the client collects the tools of every page", async () => {
  const pages: Record<string, unknown> = {
    first: { tools: [tool("a")], nextCursor: "second" },
    second: { tools: [tool("b"), tool("c")], nextCursor: "third" },
    third: { tools: [tool("d")] },
  };
  const fetch = answering({ "tools/list": ({ cursor = "first" }) => pages[cursor as string] });
  await using toolbox = mcpToolbox({ fetch, version: "0" });
  const listed = await toolbox.list(never);
  deepEqual(listed.map(({ name }) => name), ["stakpak__a", "stakpak__b", "stakpak__c", "stakpak__d"]);
});

test("a page that fails, or pages without end, are an error and never a shorter list", async () => {
  const failing = answering({
    "tools/list": ({ cursor }) =>
      cursor ? new Response("", { status: 500 }) : { tools: [tool("a")], nextCursor: "b" },
  });
  await using broken = mcpToolbox({ fetch: failing, version: "0" });
  await rejects(broken.list(never), ToolboxGone);
  await using endless = mcpToolbox({
    fetch: answering({ "tools/list": () => ({ tools: [tool("a")], nextCursor: "again" }) }),
    version: "0",
  });
  await rejects(
    endless.list(never),
    /^ToolboxGone: Cannot list the tools: there is no end to them after 100$/,
  );
});

test("the client does not compile what a box says its schemas are", async () => {
  const inputSchema = { type: "object", properties: { a: { type: "string", pattern: "(((" } } };
  const outputSchema = { type: "object", $ref: "https://evil.example/schema" };
  const fetch = answering({
    "tools/list": () => ({ tools: [{ name: "odd", inputSchema, outputSchema }] }),
    "tools/call": () => ({
      content: [{ type: "text", text: "called" }],
      structuredContent: { not: "as said" },
    }),
  });
  await using toolbox = mcpToolbox({ fetch, version: "0" });
  deepEqual((await toolbox.list(never))[0]!.inputSchema, inputSchema);
  equal((await toolbox.call({ id: "1", name: "stakpak__odd", input: {} }, { signal: never })).text, "called");
});

test("blocks of text are joined, and what is no text is said to have been there", async () => {
  const content = [
    { type: "text", text: "one" },
    { type: "image", data: "AAAA", mimeType: "image/png" },
    { type: "text", text: "two" },
  ];
  await using toolbox = mcpToolbox({ fetch: answering({ "tools/call": () => ({ content }) }), version: "0" });
  const { text } = await toolbox.call(echo("x"), { signal: never });
  equal(text, "one\n[image left out]\ntwo");
});

test("an answer without the response, and one that is no JSON-RPC, may have run", async () => {
  const events = { headers: { "content-type": "text/event-stream" } };
  for (
    const odd of [
      () => new Response("", events),
      () => new Response(": hello\n\n", events),
      () => Response.json(7),
    ]
  ) {
    await using toolbox = mcpToolbox({ fetch: answering({ "tools/call": odd }), version: "0" });
    await rejects(
      toolbox.call(echo("x"), { signal: never }),
      (error) => error instanceof ToolboxGone && error.mayHaveRun,
    );
  }
});

test("the client begins a new session when the server does not know the old one, and calls once", async () => {
  const fakes = fakeTools();
  await using first = await serveTools(fakes.tools);
  await using second = await serveTools(fakes.tools, { at: { hostname: "127.0.0.1", port: 0 } });
  let served = first;
  using one = first.wire.client();
  using other = second.wire.client();
  const fetch: Fetch = (url, init) => (served === first ? one : other).fetch(url, init);
  await using toolbox = mcpToolbox({ fetch, version: "0" });
  equal((await toolbox.call(echo("to the first"), { signal: never })).text, "to the first");
  served = second;
  equal((await toolbox.call(echo("to the second"), { signal: never })).text, "to the second");
  deepEqual(fakes.ran, ["echo", "echo"]);
});

test("the client tries again, five times in all, while nobody listens, and finds who comes late", async () => {
  const fakes = fakeTools();
  await using served = await serveTools(fakes.tools);
  using client = served.wire.client();
  using nobody = served.wire.client({ at: { hostname: "127.0.0.1", port: 1 } });
  let tries = 0;
  let late = 3;
  const fetch: Fetch = (url, init) => (++tries < late ? nobody : client).fetch(url, init);
  await using toolbox = mcpToolbox({ fetch, version: "0" });
  equal((await toolbox.call(echo("at last"), { signal: never })).text, "at last");
  [tries, late] = [0, Infinity];
  await using vain = mcpToolbox({ fetch, version: "0" });
  await rejects(vain.list(never), (error) => {
    match(String(error), /^ToolboxGone: Cannot reach the tools: connect ECONNREFUSED/);
    return error instanceof ToolboxGone && !error.mayHaveRun;
  });
  equal(tries, 5);
});

test("the client gives up between two tries when the signal aborts", async () => {
  const ending = new AbortController();
  const reason = new Error("enough");
  await using toolbox = mcpToolbox({
    fetch: () => {
      queueMicrotask(() => ending.abort(reason));
      return Promise.reject(new Error("nobody"));
    },
    version: "0",
  });
  await rejects(toolbox.list(ending.signal), reason);
});

test("a toolbox that was given back ends its calls on the server and takes no more", async () => {
  const fakes = fakeTools();
  await using served = await serveTools(fakes.tools);
  using client = served.wire.client();
  const toolbox = mcpToolbox({ fetch: client.fetch, version: "0" });
  const ended = fakes.ended();
  const waiting = rejects(
    toolbox.call({ id: "1", name: "stakpak__wait", input: {} }, { signal: never }),
    ToolboxGone,
  );
  await fakes.waiting();
  await toolbox[Symbol.asyncDispose]();
  await Promise.all([waiting, ended]);
  await rejects(toolbox.list(never), /they were given back/);
});
