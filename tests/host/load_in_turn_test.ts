import { deepEqual } from "node:assert/strict";
import { AGENT_GRANTS } from "../../src/agent/agent_grants.ts";
import { workersOf } from "../../src/host/deno_worker.ts";
import { loadInTurn } from "../../src/host/load_in_turn.ts";
import { runs } from "../runs.ts";
import { test } from "../sanitized.ts";

const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
};

test("the next one loads when the one before has loaded, in the order of asking", () => {
  const begun: string[] = [];
  const [first, second, third] = ["first", "second", "third"].map((name) =>
    loadInTurn(() => begun.push(name))
  );
  deepEqual(begun, ["first"]);
  first!.loaded();
  first!.loaded();
  deepEqual(begun, ["first", "second"]);
  second!.loaded();
  third!.loaded();
  deepEqual(begun, ["first", "second", "third"]);
});

test("one that is not wanted any more does not begin, and is not waited for", () => {
  const begun: string[] = [];
  const [first, second, third] = ["first", "second", "third"].map((name) =>
    loadInTurn(() => begun.push(name))
  );
  second!.cancel();
  first!.loaded();
  deepEqual(begun, ["first", "third"]);
  third!.loaded();
});

test("what is ended in the middle of its loading is given time to let go", async () => {
  const begun: string[] = [];
  const first = loadInTurn(() => begun.push("first"));
  const second = loadInTurn(() => begun.push("second"));
  const third = loadInTurn(() => begun.push("third"));
  first.cancel();
  deepEqual(begun, ["first"]);
  second.cancel();
  await until(() => begun.length > 1);
  deepEqual(begun, ["first", "third"]);
  third.loaded();
});

test("many workers of the sources that start and are ended at once all load", async () => {
  const start = workersOf(new URL("../../main.ts", import.meta.url).href);
  const ready = (endsAfterMs?: number) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = endsAfterMs === undefined
      ? undefined
      : setTimeout(() => (worker.end(), resolve()), endsAfterMs);
    const worker = start("agent", AGENT_GRANTS, {
      said() {
        clearTimeout(timer);
        worker.end();
        resolve();
      },
      failed: (reason) => reject(new Error(reason)),
    });
    return promise;
  };
  for (let round = 0; round < runs(60); round++) {
    await Promise.all([ready(), ready(), ready(100), ready(Math.random() * 300)]);
  }
});
