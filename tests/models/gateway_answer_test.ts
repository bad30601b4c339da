import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { NO_USAGE } from "../../src/domain/usage.ts";
import { test } from "../sanitized.ts";
import { ask, broken, textOf } from "./gateway_stage.ts";
import { providerServer } from "./provider_server.ts";
import { KEY } from "./routes.ts";

test("the gateway hands on content type and retry-after, and no other header", async () => {
  await using server = await providerServer((response) => {
    response.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "set-cookie": "a=b",
      "x-request-id": "r",
      "retry-after": "Mon, 23 Nov 2026 12:00:30 GMT",
      "www-authenticate": "Basic",
    }).end();
  });
  const answer = await ask(server);
  await textOf(answer);
  assert.deepEqual(answer.headers, {
    "content-type": "text/event-stream; charset=utf-8",
    "retry-after": "30",
  });
});

test("the gateway tells a 429 with the time to wait, and counts nothing for it", async () => {
  await using server = await providerServer((response) => {
    response.writeHead(429, { "retry-after": "7", "content-type": "application/json" });
    response.end('{"error":{"type":"rate_limit_error"}}');
  });
  const answer = await ask(server);
  assert.deepEqual([answer.status, answer.headers["retry-after"]], [429, "7"]);
  assert.equal(await textOf(answer), '{"error":{"type":"rate_limit_error"}}');
  assert.deepEqual(answer.usage(), NO_USAGE);
});

test("the gateway takes the key, and every other secret, out of what an error says", async () => {
  await using server = await providerServer((response, { headers }) => {
    response.writeHead(401).end(`Incorrect key ${headers["x-api-key"]} of hunter2`);
  });
  const answer = await ask(server, { options: { redact: (text) => text.replaceAll("hunter2", "[x]") } });
  assert.equal(await textOf(answer), "Incorrect key [secret] of [x]");
});

test("the gateway cuts an error of endless length, and no part of the key is left at the cut", async () => {
  await using server = await providerServer((response) => {
    const filler = "x".repeat(64 * 1024 - 10);
    response.writeHead(500).write(`${filler}${KEY}${"y".repeat(100_000)}`);
    // It never ends.
  });
  const text = await textOf(await ask(server));
  assert.equal(text.length, 64 * 1024);
  assert.ok(!text.includes(KEY.slice(0, 6)));
});

for (const status of [301, 302, 303, 307, 308, 304]) {
  test(`the gateway takes ${status} for an error, and asks nobody else`, async () => {
    await using other = await providerServer();
    await using server = await providerServer((response) => {
      response.writeHead(status, { location: `${other.origin}/v1/infer?secret=1` }).end();
    });
    const wanted = `redirect \\(${status}, to 127\\.0\\.0\\.1:\\d+\\), which is not followed`;
    await assert.rejects(ask(server), broken(new RegExp(wanted)));
    assert.equal(other.seen.length, 0);
  });
}

test("the gateway says that an answer was cut, and counts what had come", async () => {
  const cut = async (response: ServerResponse) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    await new Promise((resolve) => response.write("data: {}\n\n", resolve));
    response.destroy();
  };
  await using server = await providerServer((response) => void cut(response));
  const answer = await ask(server);
  await assert.rejects(textOf(answer), broken(/^The connection to 127\.0\.0\.1:\d+ failed: it was cut$/));
  assert.equal(answer.usage().outputTokens, 3);
});

test("the gateway ends an answer of more than 8 MiB", async () => {
  await using server = await providerServer((response) => {
    const more = () => {
      while (response.write("x".repeat(64 * 1024)));
    };
    response.on("drain", more);
    more();
  });
  const answer = await ask(server);
  let bytes = 0;
  const read = async () => {
    for await (const chunk of answer.body) bytes += chunk.length;
  };
  await assert.rejects(read(), broken(/has more than 8388608 bytes/));
  assert.ok(bytes <= 8 * 1024 * 1024);
});

test("the gateway gives an answer without a body", async () => {
  await using server = await providerServer((response) => void response.writeHead(204).end());
  const answer = await ask(server);
  assert.deepEqual([answer.status, await textOf(answer)], [204, ""]);
});
