import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { UserError } from "../../src/domain/error.ts";
import { listen } from "../../src/server/listener.ts";
import { until } from "../runs_world/await_condition.ts";
import { test } from "../sanitized.ts";
import { type HttpStage, httpStage, newSession, TOKEN } from "./http_stage.ts";
import { rawStream } from "./raw_stream.ts";
import { turn } from "./temp_store.ts";

/** Says `text` and hears what comes until the other side ends it. */
async function spoken(stage: HttpStage, text: string): Promise<string> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port: stage.listener.at.port });
  await connection.write(new TextEncoder().encode(text));
  return await new Response(connection.readable).text();
}

const HALF_OPEN: readonly string[] = [
  "",
  "GET /v1/health HTTP/1.1\r\nHost: localhost\r\n",
  `POST /v1/sessions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKEN}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{`,
];

test("two hundred half-open connections end, each told why, and health answers meanwhile", async () => {
  await using stage = await httpStage({ limits: { headersMs: 300, requestMs: 300, checkMs: 50 } });
  const ended = Promise.all(
    Array.from({ length: 200 }, (_, at) => spoken(stage, HALF_OPEN[at % HALF_OPEN.length]!)),
  );
  equal((await stage.raw("/v1/health")).status, 200);
  for (const said of await ended) {
    match(said, /^HTTP\/1\.1 408 Request Timeout\r\n/);
    const { code, request_id } = JSON.parse(said.slice(said.indexOf("\r\n\r\n")));
    equal(code, "request_timeout");
    match(request_id, /^req_/);
  }
  equal((await stage.raw("/v1/health")).status, 200);
});

test("what is no request, or too much of one, is refused as everything is", async () => {
  await using stage = await httpStage();
  const cases: [string, string, string][] = [
    ["nonsense\r\n\r\n", "400 Bad Request", "invalid_request"],
    [`GET / HTTP/1.1\r\nHost: localhost\r\nx: ${"x".repeat(20_000)}\r\n\r\n`, "431 ", "headers_too_large"],
    ["GET /v1/health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", "403 ", "forbidden_host"],
    ["GET /v1/health HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n", "400 ", "invalid_request"],
    ["GET /v1/health HTTP/1.0\r\n\r\n", "400 ", "invalid_request"],
  ];
  for (const [text, status, code] of cases) {
    const said = await spoken(stage, text);
    ok(said.startsWith(`HTTP/1.1 ${status}`), said);
    equal(/"code":"(\w+)"/.exec(said)?.[1], code, said);
  }
});

test("more connections than may be are closed at once, and the others go on", async () => {
  await using stage = await httpStage({ limits: { connections: 3 } });
  // One is the stage's own.
  const held = await Promise.all(
    Array.from({ length: 2 }, () => Deno.connect({ hostname: "127.0.0.1", port: stage.listener.at.port })),
  );
  equal(await spoken(stage, "").catch(() => ""), "");
  equal((await stage.raw("/v1/health")).status, 200);
  for (const connection of held) connection.close();
});

test("a client that does not read is not waited for, loses nothing while it is there, and gets the rest", async () => {
  await using stage = await httpStage();
  const id = await newSession(stage);
  using slow = await Deno.connect({ hostname: "127.0.0.1", port: stage.listener.at.port });
  await slow.write(
    new TextEncoder().encode(
      `GET /v1/sessions/${id}/events?after=0 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKEN}\r\n\r\n`,
    ),
  );
  await using quick = await rawStream(`${stage.url}/v1/sessions/${id}/events?after=0`);
  const { store } = stage.temp;
  const most = 200;
  for (let number = 1; number <= most; number++) {
    store.events.append(id, undefined, { name: "text_complete", fields: { text: "x".repeat(50_000) } });
  }
  const heard = await quick.until(`id: ${most}\n`);
  equal(heard.match(/^id: /gm)?.length, most);
  const pieces: string[] = [];
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(1 << 20);
  while (!pieces.slice(-2).join("").includes(`id: ${most}\n`)) {
    pieces.push(decoder.decode(buffer.subarray(0, (await slow.read(buffer))!)));
  }
  deepEqual(
    [...pieces.join("").matchAll(/^id: (\d+)$/gm)].map(([, one]) => Number(one)),
    Array.from({ length: most }, (_, at) => at + 1),
  );
});

/** A stage whose list of models comes when it is told to. */
async function gatedStage(limits?: Parameters<typeof httpStage>[0]) {
  const gate = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  const models = async () => {
    reached.resolve();
    await gate.promise;
    return [];
  };
  const stage = await httpStage({ ...limits, parts: { models } });
  return { stage, reached: reached.promise, open: gate.resolve };
}

test("closing waits for the answer under way, refuses new connections and ends idle ones", async () => {
  const { stage, reached, open } = await gatedStage();
  await using _temp = stage.temp;
  using idle = await Deno.connect({ hostname: "127.0.0.1", port: stage.listener.at.port });
  const asking = stage.ask("GET", "/v1/models");
  await reached;
  const closing = stage.listener.close();
  equal(await idle.read(new Uint8Array(1)).catch(() => null), null);
  await rejects(stage.raw("/v1/health"));
  open();
  equal((await asking).status, 200);
  await closing;
});

test("closing does not wait for ever: an answer that does not come is given up", async () => {
  const { stage, reached, open } = await gatedStage({ limits: { closeMs: 50 } });
  await using _temp = stage.temp;
  const asking = rejects(stage.ask("GET", "/v1/models"));
  await reached;
  await stage.listener.close();
  await asking;
  open();
});

test("an address that another program has is told with what to do", async () => {
  await using stage = await httpStage();
  const { at } = stage.listener;
  await rejects(
    listen({ at, app: stage.app, log: () => {} }),
    (error: UserError) => {
      equal(error.message, `Cannot listen on 127.0.0.1:${at.port}: another program does`);
      match(error.hint ?? "", new RegExp(`--listen 127\\.0\\.0\\.1:${at.port + 1}; .*ss -ltnp`));
      return error instanceof UserError && error.exitCode === 2;
    },
  );
  await rejects(
    listen({ at: { hostname: "192.0.2.1", port: 4096 }, app: stage.app, log: () => {} }),
    /^UserError: Cannot listen on 192\.0\.2\.1:4096: /,
  );
});

test("a client that goes away is let go", async () => {
  await using stage = await httpStage();
  const id = await newSession(stage);
  stage.temp.store.events.append(id, undefined, turn(1));
  {
    await using stream = await rawStream(`${stage.url}/v1/sessions/${id}/events?after=0`);
    await stream.until("id: 1\n");
  }
  await until("it is let go", async () => {
    return /^stakpak_event_streams 0$/m.test((await stage.ask("GET", "/metrics")).text);
  });
});
