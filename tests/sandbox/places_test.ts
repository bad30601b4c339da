import { deepEqual, equal, rejects } from "node:assert/strict";
import fc from "fast-check";
import { places } from "../../src/sandbox/places.ts";
import { runs, SEED } from "../runs.ts";
import { test } from "../sanitized.ts";

const never = new AbortController().signal;

test("who finds no place waits, first come first served, and leaving twice counts once", async () => {
  const room = places(1);
  const first = await room.take(never);
  const order: string[] = [];
  const waiting = ["a", "b"].map(async (name) => {
    using _place = await room.take(never);
    order.push(name);
  });
  first[Symbol.dispose]();
  first[Symbol.dispose]();
  await Promise.all(waiting);
  deepEqual(order, ["a", "b"]);
});

test("who stops waiting takes no place", async () => {
  const room = places(1);
  const place = await room.take(never);
  const stop = new AbortController();
  const waiting = rejects(room.take(stop.signal), /enough/);
  stop.abort(new Error("enough"));
  await waiting;
  place[Symbol.dispose]();
  (await room.take(never))[Symbol.dispose]();
  await rejects(room.take(AbortSignal.abort(new Error("too late"))), /too late/);
});

test("however many come and give up, there are never more than there are places, and all are served", async () => {
  const visitors = fc.array(fc.record({ stays: fc.nat(5), givesUp: fc.boolean() }), {
    minLength: 1,
    maxLength: 60,
  });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 8 }), visitors, async (most, all) => {
      const room = places(most);
      let inside = 0;
      let served = 0;
      await Promise.all(all.map(async ({ stays, givesUp }) => {
        const stop = new AbortController();
        const taking = room.take(stop.signal);
        if (givesUp) stop.abort();
        try {
          using _place = await taking;
          inside++;
          served++;
          equal(inside <= most, true);
          for (let turn = 0; turn < stays; turn++) await Promise.resolve();
          inside--;
        } catch (error) {
          equal(givesUp && error === stop.signal.reason, true);
          served++;
        }
      }));
      equal(served, all.length);
      for (let count = 0; count < most; count++) await room.take(never);
    }),
    { numRuns: runs(1_000), seed: SEED },
  );
});
