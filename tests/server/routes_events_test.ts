import { deepEqual, equal, match, ok } from "node:assert/strict";
import { EventSource } from "eventsource";
import { once } from "node:events";
import { connect } from "node:net";
import { eventEnvelopeSchema, gapDetected } from "../../src/server/api_schemas_events.ts";
import { gate } from "../runs_world/gate.ts";
import { test } from "../sanitized.ts";
import { type HttpStage, httpStage, newSession, TOKEN } from "./http_stage.ts";
import { type RawStream, rawStream } from "./raw_stream.ts";
import { begun, turn } from "./temp_store.ts";

const eventsOf = (stage: HttpStage, id: string, query = "") =>
  `${stage.url}/v1/sessions/${id}/events${query}`;

/** A session with events 1 to `count`. */
async function sessionWith(stage: HttpStage, count: number): Promise<string> {
  const id = await newSession(stage);
  for (let number = 1; number <= count; number++) stage.temp.store.events.append(id, undefined, turn(number));
  return id;
}

function idsIn(text: string): number[] {
  return [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
}

test("frames are as documented: id, name in snake_case, envelope with the variant in PascalCase", async () => {
  await using stage = await httpStage();
  const { store } = stage.temp;
  const { sessionId, runId } = begun(store);
  store.events.append(sessionId, runId, { name: "text_delta", fields: { delta: "two\nlines: \u2028" } });
  await using stream = await rawStream(eventsOf(stage, sessionId, "?after=0"));
  const text = await stream.until("\n\n");
  const [id, name, data] = text.split("\n");
  deepEqual([id, name], ["id: 1", "event: text_delta"]);
  const envelope = JSON.parse(data!.replace(/^data: /, ""));
  deepEqual(envelope, {
    id: 1,
    session_id: sessionId,
    run_id: runId,
    timestamp: "2026-11-23T10:00:00.000Z",
    event: { TextDelta: { run_id: runId, delta: "two\nlines: \u2028" } },
  });
  ok(eventEnvelopeSchema.safeParse(envelope).success);
});

test("a client that is gone before its stream begins leaves none behind", async () => {
  const asked = gate();
  let isSlow = false;
  await using stage = await httpStage({
    parts: {
      async isToken(given) {
        if (isSlow) await asked.pass();
        return given === TOKEN;
      },
    },
  });
  const id = await newSession(stage);
  isSlow = true;
  const { hostname, port, host } = new URL(stage.url);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  socket.write(
    `GET /v1/sessions/${id}/events HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${TOKEN}\r\n\r\n`,
  );
  await asked.reached;
  socket.destroy();
  await once(socket, "close");
  isSlow = false;
  // The server hears of it before it hears of these.
  for (let times = 0; times < 3; times++) await stage.raw("/v1/health");
  asked.open();
  const streams = async () =>
    /^stakpak_event_streams (\d+)$/m.exec((await stage.ask("GET", "/metrics")).text)?.[1];
  equal(await streams(), "0");
});

test("a cursor replays what is behind it and then goes on; without one only what is new comes", async () => {
  await using stage = await httpStage();
  const id = await sessionWith(stage, 3);
  await using all = await rawStream(eventsOf(stage, id, "?after=0"));
  await using some = await rawStream(eventsOf(stage, id), { "last-event-id": "1" });
  await using none = await rawStream(eventsOf(stage, id));
  stage.temp.store.events.append(id, undefined, turn(4));
  const ids = async (stream: RawStream) => idsIn(await stream.until("id: 4\n"));
  deepEqual([await ids(all), await ids(some), await ids(none)], [[1, 2, 3, 4], [2, 3, 4], [4]]);
});

test("the header goes before the query, since a client that reconnects keeps its address", async () => {
  await using stage = await httpStage();
  const id = await sessionWith(stage, 3);
  await using stream = await rawStream(eventsOf(stage, id, "?after=0"), { "last-event-id": "2" });
  deepEqual(idsIn(await stream.until("id: 3\n")), [3]);
});

test("what was pruned is told as a gap, and all that is left follows", async () => {
  await using stage = await httpStage();
  const id = await sessionWith(stage, 4);
  stage.temp.at = "2026-11-30T10:00:00.000Z";
  stage.temp.store.events.append(id, undefined, turn(5));
  stage.temp.store.events.prune("2026-11-29T00:00:00.000Z");
  await using stream = await rawStream(eventsOf(stage, id), { "last-event-id": "1" });
  const text = await stream.until("id: 5\n");
  deepEqual(idsIn(text), [5]);
  match(text, /^event: gap_detected\ndata: /);
  const gap = JSON.parse(/^data: (.*)$/m.exec(text)![1]!);
  deepEqual(gap, {
    requested_after_id: 1,
    oldest_available_id: 5,
    newest_available_id: 5,
    resume_hint: "refresh_snapshot_then_resume",
  });
  ok(gapDetected.safeParse(gap).success);
});

test("a cursor at the end of what was pruned misses nothing", async () => {
  await using stage = await httpStage();
  const id = await sessionWith(stage, 4);
  stage.temp.store.events.prune("2026-11-29T00:00:00.000Z");
  await using stream = await rawStream(eventsOf(stage, id), { "last-event-id": "4" });
  stage.temp.store.events.append(id, undefined, turn(5));
  const text = await stream.until("id: 5\n");
  deepEqual([idsIn(text), text.includes("gap_detected")], [[5], false]);
});

test("a cursor from another life of the store is a gap as well", async () => {
  await using stage = await httpStage();
  const id = await sessionWith(stage, 2);
  await using stream = await rawStream(eventsOf(stage, id), { "last-event-id": "9" });
  const text = await stream.until("id: 2\n");
  match(text, /^event: gap_detected\ndata: \{"requested_after_id":9,"oldest_available_id":1,/);
  deepEqual(idsIn(text), [1, 2]);
});

test("a cursor that is no id is refused", async () => {
  await using stage = await httpStage();
  const id = await sessionWith(stage, 1);
  for (const after of ["-1", "1.5", "x", ""]) {
    const { status, body } = await stage.ask("GET", `/v1/sessions/${id}/events?after=${after}`);
    deepEqual([status, body.code], [400, "invalid_request"]);
    const header = await stage.ask("GET", `/v1/sessions/${id}/events`, undefined, {
      "last-event-id": after || "y",
    });
    equal(header.status, 400);
  }
});

test("ids go on after a restart, and a client resumes where it was", async () => {
  await using stage = await httpStage();
  const id = await sessionWith(stage, 2);
  using other = await stage.temp.another();
  other.events.append(id, undefined, turn(3));
  await using stream = await rawStream(eventsOf(stage, id), { "last-event-id": "1" });
  deepEqual(idsIn(await stream.until("id: 3\n")), [2, 3]);
  // Another process writes: it is told within the time that the store takes to notice.
  other.events.append(id, undefined, turn(4));
  deepEqual(idsIn(await stream.until("id: 4\n")), [2, 3, 4]);
});

test("a session that is deleted ends its streams, with a last event that says so", async () => {
  await using stage = await httpStage();
  const id = await sessionWith(stage, 1);
  await using stream = await rawStream(eventsOf(stage, id, "?after=0"));
  await stream.until("id: 1\n");
  await stage.ask("DELETE", `/v1/sessions/${id}`);
  match(await stream.rest(), /event: shutdown\ndata: \{"reason":"session_deleted"\}\n\n$/);
});

test("the end of the server is the last event of every stream, and nothing is waited for", async () => {
  await using stage = await httpStage();
  const streams = [];
  for (let count = 0; count < 3; count++) {
    const id = await sessionWith(stage, 1);
    const stream = await rawStream(eventsOf(stage, id, "?after=0"));
    await stream.until("id: 1\n");
    streams.push(stream);
  }
  await stage.listener.close();
  for (const stream of streams) {
    match(await stream.rest(), /event: shutdown\ndata: \{"reason":"shutting_down"\}\n\n$/);
  }
});

test("a stream that nothing happens on is kept alive by comments", async () => {
  await using stage = await httpStage({ streams: { keepAliveMs: 10 } });
  const id = await newSession(stage);
  await using stream = await rawStream(eventsOf(stage, id));
  await stream.until(": keepalive\n\n: keepalive\n\n");
});

test("more streams than may be are refused, and one that ends makes room", async () => {
  await using stage = await httpStage({ streams: { most: 1 } });
  const id = await newSession(stage);
  {
    await using first = await rawStream(eventsOf(stage, id));
    equal(first.status, 200);
    const { status, body, headers } = await stage.ask("GET", `/v1/sessions/${id}/events`);
    deepEqual([status, body.code, headers.get("retry-after")], [429, "too_many_streams", "5"]);
  }
  for (let status = 429; status === 429;) {
    await using next = await rawStream(eventsOf(stage, id));
    status = next.status;
  }
});

test("an EventSource that is killed twenty times sees every id once, in order", async () => {
  await using stage = await httpStage();
  const id = await newSession(stage);
  const seen: number[] = [];
  let last = "0";
  let written = 0;
  const write = () => stage.temp.store.events.append(id, undefined, turn(++written));
  for (let life = 0; life < 20; life++) {
    write();
    const source = new EventSource(eventsOf(stage, id, "?after=0"), {
      fetch: (url, init) =>
        fetch(url, {
          ...init as RequestInit,
          headers: { ...init.headers, authorization: `Bearer ${TOKEN}`, "last-event-id": last },
        }),
    });
    const { promise, resolve } = Promise.withResolvers<void>();
    source.addEventListener("turn_started", (event) => {
      const { id: told } = JSON.parse(event.data);
      equal(event.lastEventId, String(told));
      last = event.lastEventId;
      seen.push(told);
      if (seen.length === written && seen.length % 3 === 0) resolve();
      else if (seen.length === written) write();
    });
    await promise;
    source.close();
  }
  deepEqual(seen, Array.from({ length: written }, (_, at) => at + 1));
});
