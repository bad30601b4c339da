import assert from "node:assert/strict";
import { Secret } from "../../src/domain/secret.ts";
import { fetchPastProxies } from "../../src/host/deno_fetch.ts";
import { noTools } from "../../src/server/no_tools.ts";
import { paksTools } from "../../src/server/paks_tools.ts";
import { withPaks } from "../../src/server/with_paks.ts";
import { test } from "../sanitized.ts";
import { paksServer } from "./paks_server.ts";

const never = new AbortController().signal;
const search = { id: "1", name: "paks__search", input: {} };
const own = () => ({
  ...noTools(),
  notes: () => ["ours"],
  list: () => Promise.resolve([{ name: "stakpak__view", description: "", inputSchema: {} }]),
  call: ({ id, name }: { id: string; name: string }) =>
    Promise.resolve({ callId: id, text: `ours: ${name}`, isError: false }),
});
const paksAt = (endpoint: string) =>
  paksTools({
    host: { fetch: fetchPastProxies },
    url: `${endpoint}/mcp`,
    key: new Secret("a-key-of-a-test"),
    version: "0",
  });

test("withPaks() lists both, asks once, and gives each its calls", async () => {
  await using server = await paksServer([{ name: "search", inputSchema: { type: "object" } }]);
  await using tools = withPaks(own(), paksAt(server.endpoint));
  assert.deepEqual((await tools.list(never)).map(({ name }) => name), ["stakpak__view", "paks__search"]);
  const asked = server.paths.length;
  await tools.list(never);
  assert.equal(server.paths.length, asked);
  assert.equal((await tools.call(search, { signal: never, session: "mine" })).text, "found by search");
  assert.equal(server.calls[0]!.meta, undefined);
  assert.equal(
    (await tools.call({ ...search, name: "stakpak__view" }, { signal: never })).text,
    "ours: stakpak__view",
  );
  assert.deepEqual([tools.isOurs("paks__search"), tools.onlyLooks("paks__search")], [false, false]);
  assert.deepEqual(tools.notes(), ["ours"]);
});

test("withPaks() has a note and our own tools when nobody is there, and a call says so", async () => {
  const server = await paksServer([]);
  await server[Symbol.asyncDispose]();
  await using tools = withPaks(own(), paksAt(server.endpoint));
  assert.deepEqual((await tools.list(never)).map(({ name }) => name), ["stakpak__view"]);
  assert.match(tools.notes().join("\n"), /^ours\nThe tools of paks are left out: Cannot reach the tools: /);
  const { text, isError } = await tools.call(search, { signal: never });
  assert.ok(isError);
  assert.match(text, /^SERVER_GONE\n.*: it was not carried out$/);
});

test("withPaks() ends with the signal's reason", async () => {
  await using server = await paksServer([], () => true);
  await using tools = withPaks(own(), paksAt(server.endpoint));
  const ending = new AbortController();
  const listing = assert.rejects(tools.list(ending.signal), /enough/);
  ending.abort(new Error("enough"));
  await listing;
});
