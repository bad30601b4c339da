import { deepEqual, equal, match } from "node:assert/strict";
import { openFeed, type SseFeed } from "../../src/server/sse_feed.ts";
import { endFrame } from "../../src/server/sse_frame.ts";
import type { Store } from "../../src/server/store.ts";
import { test } from "../sanitized.ts";
import { fakeClient } from "./fake_client.ts";
import { until } from "../runs_world/await_condition.ts";
import { tempStore, turn } from "./temp_store.ts";

interface Fed extends Disposable {
  readonly feed: SseFeed;
  readonly store: Store;
  readonly id: string;
  readonly told: { sent: number; gone: number; lines: string[] };
  write(count: number): void;
}

function fed(store: Store, keepAliveMs = 1e6): Fed {
  const { id } = store.sessions.create({ title: "x", origin: "api" });
  const told = { sent: 0, gone: 0, lines: [] as string[] };
  const feed = openFeed(store, id, {
    keepAliveMs,
    sent: (events) => void (told.sent += events),
    gone: () => void told.gone++,
    log: (line) => void told.lines.push(line),
  });
  let last = 0;
  return {
    feed,
    store,
    id,
    told,
    write(count) {
      for (; count > 0; count--) store.events.append(id, undefined, turn(++last));
    },
    [Symbol.dispose]: () => feed[Symbol.dispose](),
  };
}

test("each of many clients gets every event once, in order, from where it began", async () => {
  await using temp = await tempStore();
  using one = fed(temp.store);
  one.write(2);
  const clients = Array.from({ length: 100 }, () => fakeClient());
  for (const [at, client] of clients.entries()) one.feed.follow(client, at % 3);
  one.write(2);
  await until("all are told", () => clients.every((client) => client.ids().includes(4)));
  for (const [at, client] of clients.entries()) {
    deepEqual(client.ids(), [1, 2, 3, 4].slice(at % 3));
  }
  equal(one.told.sent, clients.flatMap((client) => client.ids()).length);
});

test("a client that has enough is sent nothing until it takes more, and then all of it", async () => {
  await using temp = await tempStore();
  using one = fed(temp.store);
  const slow = fakeClient(1);
  const follower = one.feed.follow(slow, 0);
  const other = fakeClient();
  one.feed.follow(other, 0);
  one.write(1);
  await until("both are told", () => slow.ids().length === 1 && other.ids().length === 1);
  one.write(500);
  await until("the other one is told", () => other.ids().length === 501);
  deepEqual(slow.ids(), [1]);
  slow.room = Infinity;
  follower.onDrain();
  deepEqual(slow.ids(), Array.from({ length: 501 }, (_, at) => at + 1));
});

test("a client that takes nothing for four keep-alives is dropped, others are not", async () => {
  await using temp = await tempStore();
  using one = fed(temp.store, 5);
  const [stuck, fine] = [fakeClient(1), fakeClient()];
  one.feed.follow(stuck, 0);
  one.feed.follow(fine, 0);
  one.write(1);
  await until("it is dropped", () => stuck.dropped);
  equal(fine.dropped, false);
  match(fine.pieces.join(""), /(: keepalive\n\n){4}/);
  equal(stuck.pieces.length, 1);
});

test("clients that are let go are sent nothing any more", async () => {
  await using temp = await tempStore();
  using one = fed(temp.store);
  const client = fakeClient();
  const follower = one.feed.follow(client, 0);
  equal(one.feed.followers, 1);
  follower[Symbol.dispose]();
  const other = fakeClient();
  one.feed.follow(other, 0);
  one.write(1);
  await until("the other one is told", () => other.ids().length === 1);
  follower.onDrain();
  deepEqual([client.ids(), one.feed.followers], [[], 1]);
});

test("the end is the last that clients hear", async () => {
  await using temp = await tempStore();
  using one = fed(temp.store);
  const client = fakeClient();
  one.feed.follow(client, 0);
  one.feed.end(endFrame("shutting_down"));
  const other = fakeClient();
  one.feed.follow(other, 0);
  one.write(1);
  await until("the other one is told", () => other.ids().length === 1);
  deepEqual([client.pieces, client.ended], [[endFrame("shutting_down")], true]);
});

test("the end of the session is told once it is noticed", async () => {
  await using temp = await tempStore();
  using one = fed(temp.store);
  one.feed.follow(fakeClient(), 0);
  temp.store.sessions.delete(one.id);
  await until("it is noticed", () => one.told.gone > 0);
});

test("a store that fails ends the streams, which resume by id, and nothing else", async () => {
  await using temp = await tempStore();
  let broken = false;
  const { store } = temp;
  const failing: Store = {
    ...store,
    events: {
      ...store.events,
      after(...args) {
        if (broken) throw new Error("disk I/O error");
        return store.events.after(...args);
      },
    },
  };
  using one = fed(failing);
  const client = fakeClient();
  one.feed.follow(client, 0);
  broken = true;
  one.write(1);
  await until("it is dropped", () => client.dropped);
  deepEqual([client.dropped, one.told.lines], [true, ["Cannot tell of events: disk I/O error"]]);
});
