import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Store } from "../../src/server/store.ts";
import { type SseBatches, sseBatches } from "../../src/server/sse_batches.ts";
import { test } from "../sanitized.ts";
import { tempStore, turn } from "./temp_store.ts";

interface Counted {
  readonly store: Store;
  /** How often events were read. */
  reads: number;
}

function counted(store: Store): Counted {
  const count: Counted = {
    reads: 0,
    store: {
      ...store,
      events: {
        ...store.events,
        after: (...args) => (count.reads++, store.events.after(...args)),
      },
    },
  };
  return count;
}

function writer(store: Store): { id: string; write(count: number): void } {
  const { id } = store.sessions.create({ title: "x", origin: "api" });
  let last = 0;
  return {
    id,
    write(count) {
      store.transaction(() => {
        for (; count > 0; count--) store.events.append(id, undefined, turn(++last));
      });
    },
  };
}

/** Everything behind `cursor`, as one client gets it. */
function told(batches: SseBatches, cursor: number): { ids: number[]; text: string } {
  let text = "";
  for (let at = batches.after(cursor); at; at = batches.after(at.last)) {
    text += new TextDecoder().decode(at.bytes);
  }
  return { ids: [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id)), text };
}

const upTo = (count: number, from = 1) => Array.from({ length: count - from + 1 }, (_, at) => at + from);

test("what is new is read once for all who wait for it, and they share its bytes", async () => {
  await using temp = await tempStore();
  const { id, write } = writer(temp.store);
  const source = counted(temp.store);
  const batches = sseBatches(source.store, id);
  write(3);
  ok(batches.readNew());
  source.reads = 0;
  const bytes = new Set(Array.from({ length: 1_000 }, () => batches.after(0)?.bytes));
  deepEqual([bytes.size, source.reads, batches.after(0)?.events, batches.after(0)?.last], [1, 0, 3, 3]);
  equal(batches.after(3), undefined);
  equal(batches.readNew(), false);
});

test("who is far behind gets every event, in pages", async () => {
  await using temp = await tempStore();
  const { id, write } = writer(temp.store);
  write(3_000);
  const batches = sseBatches(temp.store, id);
  deepEqual(told(batches, 0).ids, upTo(3_000));
  deepEqual(told(batches, 2_999).ids, [3_000]);
});

test("what is kept as text is bounded, and what fell out of it comes from the store", async () => {
  await using temp = await tempStore();
  const { id, write } = writer(temp.store);
  const source = counted(temp.store);
  const batches = sseBatches(source.store, id);
  write(2_000);
  batches.readNew();
  source.reads = 0;
  deepEqual(told(batches, 1_500).ids, upTo(2_000, 1_501));
  equal(source.reads, 0);
  deepEqual(told(batches, 10).ids, upTo(2_000, 11));
  ok(source.reads > 0);
});

test("an event that is longer than a batch goes by itself", async () => {
  await using temp = await tempStore();
  const { id, write } = writer(temp.store);
  write(1);
  const long = "x".repeat(300_000);
  temp.store.events.append(id, undefined, { name: "text_complete", fields: { text: long } });
  const batches = sseBatches(temp.store, id);
  const [one, other] = [batches.after(0)!, batches.after(1)!];
  deepEqual([one.last, other.last, other.bytes.length > 300_000], [1, 2, true]);
});

test("a client that pruning overtakes is told of the gap", async () => {
  await using temp = await tempStore();
  const { id, write } = writer(temp.store);
  write(4);
  temp.at = "2026-11-30T10:00:00.000Z";
  write(2);
  const batches = sseBatches(temp.store, id);
  temp.store.events.prune("2026-11-29T00:00:00.000Z");
  const { ids, text } = told(batches, 2);
  deepEqual(ids, [5, 6]);
  match(
    text,
    /^event: gap_detected\ndata: \{"requested_after_id":2,"oldest_available_id":5,"newest_available_id":6,/,
  );
  temp.store.events.prune("2026-12-29T00:00:00.000Z");
  const nothing = told(sseBatches(temp.store, id), 4);
  deepEqual(nothing.ids, []);
  match(nothing.text, /^event: gap_detected\ndata: \{"requested_after_id":4,"oldest_available_id":7,/);
});
