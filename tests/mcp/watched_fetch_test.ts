import { deepEqual, equal, rejects } from "node:assert/strict";
import { watchedFetch } from "../../src/mcp/watched_fetch.ts";
import { test } from "../sanitized.ts";

const URL_ = "https://localhost/mcp";
const post = (message: unknown): RequestInit => ({ method: "POST", body: JSON.stringify(message) });
const request = (id: number) => post({ jsonrpc: "2.0", id, method: "tools/call" });

/** An answer of events that is written step by step, and what was asked. */
function server() {
  const asked: RequestInit[] = [];
  const { readable, writable } = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  const writer = writable.getWriter();
  return {
    asked,
    write: (text: string) => writer.write(new TextEncoder().encode(text)),
    end: () => writer.close(),
    breakOff: () => writer.abort(new Error("broke")),
    fetch: (_url: string | URL, init: RequestInit = {}) => {
      asked.push(init);
      if (!String(init.body).includes('"id"')) return Promise.resolve(new Response(null, { status: 202 }));
      return Promise.resolve(new Response(readable, { headers: { "content-type": "text/event-stream" } }));
    },
  };
}

function watching(fetch: Parameters<typeof watchedFetch>[0]) {
  const ended: (string | number)[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const watched = watchedFetch(fetch, (id) => {
    ended.push(id);
    resolve();
  });
  return { ...watched, ended, told: promise };
}

test("the end of an answer is told once it has been read, however it ended", async () => {
  for (const how of ["end", "breakOff"] as const) {
    const other = server();
    const watched = watching(other.fetch);
    const reading = (await watched.fetch(URL_, request(5))).text();
    const writing = other.write("data: 1\n\n").then(other[how], () => {});
    await Promise.allSettled([reading, writing]);
    await watched.told;
    deepEqual(watched.ended, [5]);
    watched.close();
  }
});

test("the end of an answer that can be resumed is the SDK's to judge", async () => {
  const other = server();
  const watched = watching(other.fetch);
  const reading = (await watched.fetch(URL_, request(5))).text();
  await other.write("id: 1\nretry: 5\ndata: \n\n");
  await other.end();
  equal(await reading, "id: 1\nretry: 5\ndata: \n\n");
  const next = watching(() => Promise.resolve(new Response("")));
  await (await next.fetch(URL_, request(6))).text();
  deepEqual([watched.ended, next.ended], [[], []]);
});

test("a cancelled request's answer is closed, after the server was told", async () => {
  const other = server();
  const watched = watching(other.fetch);
  await watched.fetch(URL_, request(5));
  equal(other.asked[0]!.signal!.aborted, false);
  const cancelled = { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 5 } };
  await watched.fetch(URL_, post(cancelled));
  equal(other.asked[0]!.signal!.aborted, true);
});

test("close() ends every request that is under way, and tells of no end any more", async () => {
  const other = server();
  const watched = watching(other.fetch);
  const reading = (await watched.fetch(URL_, request(5))).text();
  watched.close();
  equal(other.asked[0]!.signal!.aborted, true);
  await other.end();
  await reading;
  deepEqual(watched.ended, []);
});

test("other requests pass as they are, and errors too", async () => {
  const asked: unknown[] = [];
  const watched = watching((url, init) => {
    asked.push([url, init]);
    return init?.body === undefined
      ? Promise.resolve(new Response("ok"))
      : Promise.reject(new Error("refused"));
  });
  equal(await (await watched.fetch(URL_)).text(), "ok");
  deepEqual(asked, [[URL_, {}]]);
  await rejects(watched.fetch(URL_, request(5)), /refused/);
});
