import assert from "node:assert/strict";
import { Secret } from "../../src/domain/secret.ts";
import { fetchPastProxies } from "../../src/host/deno_fetch.ts";
import { paksTools } from "../../src/server/paks_tools.ts";
import { test } from "../sanitized.ts";
import { type PaksServer, paksServer } from "./paks_server.ts";

const never = new AbortController().signal;
const KEY = "stkpk_api_0123456789abcdef";
const schema = { type: "object" as const };
const open = ({ endpoint }: Pick<PaksServer, "endpoint">) =>
  paksTools({
    host: { fetch: fetchPastProxies },
    url: `${endpoint}/v1/paks/mcp`,
    key: new Secret(KEY),
    version: "0",
  });

test("its tools are listed by their full names and called with the key in the header alone", async () => {
  await using server = await paksServer([{ name: "search", description: "Searches.", inputSchema: schema }]);
  await using tools = open(server);
  assert.deepEqual(await tools.list(never), [{
    name: "paks__search",
    description: "Searches.",
    inputSchema: schema,
  }]);
  const result = await tools.call({ id: "1", name: "paks__search", input: { query: "nginx" } }, {
    signal: never,
  });
  assert.deepEqual(result, { callId: "1", text: "found by search", isError: false });
  assert.deepEqual(server.calls, [{ name: "search", arguments: { query: "nginx" }, meta: undefined }]);
  assert.deepEqual(new Set(server.authorizations), new Set([`Bearer ${KEY}`]));
  assert.deepEqual(new Set(server.paths), new Set(["/v1/paks/mcp"]));
});

test("what it says is bounded: names that no model takes and huge schemas are left out, texts shortened", async () => {
  await using server = await paksServer([
    { name: "bad name", inputSchema: schema },
    { name: "n".repeat(60), inputSchema: schema },
    { name: "huge", inputSchema: { ...schema, description: "x".repeat(20_000) } },
    ...Array.from({ length: 150 }, (_, index) => ({
      name: `t${index}`,
      description: "d".repeat(5_000),
      inputSchema: schema,
    })),
  ]);
  await using tools = open(server);
  const listed = await tools.list(never);
  assert.equal(listed.length, 100);
  assert.deepEqual([listed[0]!.name, listed[0]!.description.length], ["paks__t0", 2_000]);
});

test("a redirect is not followed, and the key does not go there", async () => {
  await using elsewhere = await paksServer([]);
  await using server = await paksServer([], (_request, response) => {
    response.writeHead(307, { location: `${elsewhere.endpoint}/v1/paks/mcp` }).end();
    return true;
  });
  await using tools = open(server);
  await assert.rejects(tools.list(never), (error: Error) => {
    assert.match(error.message, /it redirects \(307\), which is not followed/);
    assert.ok(!error.message.includes(KEY));
    return true;
  });
  assert.deepEqual(elsewhere.authorizations, []);
});

test("an answer without end is cut off", async () => {
  await using server = await paksServer([], (_request, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    const chunk = " ".repeat(1024 * 1024);
    const more = (): void => {
      if (!response.destroyed) response.write(chunk, more);
    };
    more();
    return true;
  });
  await using tools = open(server);
  await assert.rejects(tools.list(never), /longer than 4194304 bytes/);
});

test("an error of it says nothing of the key", async () => {
  await using server = await paksServer([], ({ headers }, response) => {
    response.writeHead(401).end(`wrong key ${headers.authorization?.slice(0, 3)}`);
    return true;
  });
  await using tools = open(server);
  await assert.rejects(tools.list(never), (error: Error) => {
    assert.ok(!String(error.message).includes(KEY));
    return true;
  });
});
