import { deepEqual, equal, rejects } from "node:assert/strict";
import { BrokenAnswer, gatewayFetch, RequestTooLong } from "../../src/agent/gateway_fetch.ts";
import type { WorkerMessage } from "../../src/agent/protocol.ts";
import { test } from "../sanitized.ts";

const HEAD = { kind: "head", request: 1, status: 200, headers: { "content-type": "text/plain" } } as const;

function opened() {
  const told: WorkerMessage[] = [];
  const gateway = gatewayFetch((message) => told.push(message));
  const answer = gateway.fetch("https://gateway.invalid/v1/x", {
    method: "POST",
    headers: { "x-api-key": "none" },
    body: "{}",
  });
  return { told, hear: gateway.hear, answer };
}

test("a request is a message without its headers, an answer comes in messages", async () => {
  const { told, hear, answer } = opened();
  deepEqual(told, [{
    kind: "fetch",
    request: 1,
    url: "https://gateway.invalid/v1/x",
    method: "POST",
    body: "{}",
  }]);
  hear(HEAD);
  const response = await answer;
  equal(response.headers.get("content-type"), "text/plain");
  for (const text of ["one ", "two"]) {
    hear({ kind: "chunk", request: 1, bytes: new TextEncoder().encode(text) });
  }
  hear({ kind: "end", request: 1 });
  equal(await response.text(), "one two");
});

test("requests have numbers from 1 on, and each gets its own answer", async () => {
  const told: WorkerMessage[] = [];
  const { fetch, hear } = gatewayFetch((message) => told.push(message));
  const [one, two] = [fetch("https://a.invalid/"), fetch("https://a.invalid/")];
  for (const request of [2, 1]) {
    hear({ ...HEAD, request });
    hear({ kind: "chunk", request, bytes: new TextEncoder().encode(`${request}`) });
    hear({ kind: "end", request });
  }
  deepEqual([await (await one).text(), await (await two).text()], ["1", "2"]);
});

test("what breaks before an answer rejects, what breaks in it ends its body", async () => {
  const before = opened();
  before.hear({ kind: "broken", request: 1, reason: "unreachable" });
  await rejects(before.answer, (error) => error instanceof BrokenAnswer && error.message === "unreachable");
  const within = opened();
  within.hear(HEAD);
  within.hear({ kind: "broken", request: 1, reason: "cut" });
  await rejects(
    (await within.answer).text(),
    (error) => error instanceof BrokenAnswer && error.message === "cut",
  );
});

test("an answer that nobody wants any more is stopped, and what still comes of it is ignored", async () => {
  const { told, hear, answer } = opened();
  hear(HEAD);
  await (await answer).body?.cancel();
  deepEqual(told.at(-1), { kind: "stop", request: 1 });
  hear({ kind: "chunk", request: 1, bytes: new Uint8Array(1) });
  hear({ kind: "end", request: 1 });
});

test("a status that has no body has none", async () => {
  const { hear, answer } = opened();
  hear({ ...HEAD, status: 204 });
  hear({ kind: "end", request: 1 });
  deepEqual([(await answer).status, (await answer).body], [204, null]);
});

test("a request that is longer than ring 0 takes is not told", async () => {
  const told: WorkerMessage[] = [];
  const { fetch } = gatewayFetch((message) => told.push(message));
  await rejects(fetch("https://a.invalid/", { method: "POST", body: "ü".repeat(4_200_000) }), RequestTooLong);
  deepEqual(told, []);
});
