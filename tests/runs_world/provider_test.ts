import assert from "node:assert/strict";
import { test } from "../sanitized.ts";
import { gate } from "./gate.ts";
import { startProvider } from "./provider.ts";
import { refusal, WIRES } from "./steps.ts";

const PATHS = {
  anthropic: "/v1/messages",
  "openai-responses": "/v1/responses",
  "openai-chat": "/v1/chat/completions",
};

async function post(url: string, wire: keyof typeof PATHS, key: string): Promise<Response> {
  const content = `do it [[${key}]]`;
  const body = wire === "openai-responses"
    ? { input: [{ role: "user", content: [{ type: "input_text", text: content }] }] }
    : { messages: [{ role: "user", content }], max_tokens: 10 };
  return await fetch(`${url}${PATHS[wire]}`, {
    method: "POST",
    body: JSON.stringify({ model: "m", stream: true, ...body }),
  });
}

for (const wire of WIRES) {
  test(`the provider answers a script step by step over ${wire}, and keeps each request`, async () => {
    await using provider = await startProvider();
    const held = gate();
    const script = provider.script("k", [
      { say: "hello", thinks: "hm", calls: [{ name: "stakpak__view", input: { path: "a" } }] },
      { error: { status: 429, type: "rate_limit_error", message: "slow", retryAfter: "7" } },
      { say: "x".repeat(500), cutAt: 0.5 },
      { say: "END", mangle: (text) => text.replaceAll("END", "MEND") },
      refusal(wire),
      { say: "late", hold: held },
    ]);
    const first = await (await post(provider.url, wire, "k")).text();
    for (const part of ["hello", "hm", "stakpak__view"]) assert.ok(first.includes(part), first);
    const second = await post(provider.url, wire, "k");
    assert.deepEqual([second.status, second.headers.get("retry-after")], [429, "7"]);
    assert.ok((await second.text()).includes("slow"));
    await assert.rejects(async () => await (await post(provider.url, wire, "k")).text());
    assert.ok((await (await post(provider.url, wire, "k")).text()).includes("MEND"));
    assert.match(await (await post(provider.url, wire, "k")).text(), /refus|content_filter/);
    const last = post(provider.url, wire, "k");
    await held.reached;
    held.open();
    assert.ok((await (await last).text()).includes("late"));
    assert.deepEqual([script.left(), script.surplus(), script.requests.length], [0, 0, 6]);
    const more = await post(provider.url, wire, "k");
    assert.deepEqual([more.status, script.surplus()], [400, 1]);
    await more.body?.cancel();
    assert.equal(script.requests[0]!.wire, wire);
    await script.requests[2]!.closed;
    assert.deepEqual([script.requests[0]!.gone(), script.requests[2]!.gone()], [false, true]);
  });
}
