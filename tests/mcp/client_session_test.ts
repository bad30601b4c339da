import { equal, rejects } from "node:assert/strict";
import { openSession } from "../../src/mcp/client_session.ts";
import { NotSent } from "../../src/mcp/tls_fetch.ts";
import { fakeTools } from "../fakes/fake_tools.ts";
import { test } from "../sanitized.ts";
import { serveTools } from "./served_tools.ts";

const never = new AbortController().signal;

test("openSession() initializes, and close() ends the session on the server", async () => {
  await using served = await serveTools(fakeTools().tools);
  using client = served.wire.client();
  const methods: string[] = [];
  const fetch = (url: string | URL, init: RequestInit = {}) => {
    methods.push(init.method ?? "GET");
    return client.fetch(url, init);
  };
  const session = await openSession({ fetch, version: "1.2.3" }, never);
  equal(session.client.getServerVersion()?.name, "stakpak");
  equal(session.lost.aborted, false);
  await session.close();
  equal(session.lost.aborted, true);
  equal(methods.at(-1), "DELETE");
});

test("openSession() rejects with what went wrong, and with the signal's reason", async () => {
  const fetch = () => Promise.reject(new NotSent("connect ENOENT"));
  await rejects(openSession({ fetch, version: "0" }, never), NotSent);
  const reason = new Error("enough");
  const ending = new AbortController();
  const silent = (_url: string | URL, init: RequestInit = {}) =>
    new Promise<Response>((_, reject) =>
      init.signal?.addEventListener("abort", () => reject(init.signal!.reason))
    );
  const opening = openSession({ fetch: silent, version: "0" }, ending.signal);
  ending.abort(reason);
  await rejects(opening, /enough/);
});

test("a session is lost when its stream cannot be resumed", async () => {
  const events = (text: string) => new Response(text, { headers: { "content-type": "text/event-stream" } });
  const initialized = {
    jsonrpc: "2.0",
    id: 0,
    result: {
      protocolVersion: "2025-11-25",
      capabilities: { tools: {} },
      serverInfo: { name: "odd", version: "0" },
    },
  };
  const fetch = (_url: string | URL, { method, body }: RequestInit = {}) => {
    if (method !== "POST") return Promise.reject(new Error("no streams here"));
    const { method: name } = JSON.parse(String(body));
    if (name === "initialize") return Promise.resolve(events(`data: ${JSON.stringify(initialized)}\n\n`));
    if (name.startsWith("notifications/")) return Promise.resolve(new Response(null, { status: 202 }));
    return Promise.resolve(events("id: 1\nretry: 1\ndata: \n\n"));
  };
  const session = await openSession({ fetch, version: "0" }, never);
  await rejects(session.client.listTools(), /Connection closed/);
  equal(session.lost.aborted, true);
  await session.close();
});
