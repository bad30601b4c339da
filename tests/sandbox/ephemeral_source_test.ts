import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { ToolboxGone } from "../../src/domain/toolbox.ts";
import { LaunchFailed } from "../../src/sandbox/box.ts";
import { ephemeralSource } from "../../src/sandbox/ephemeral_source.ts";
import type { SandboxLease } from "../../src/sandbox/source.ts";
import { fakeBoxes, KILLED } from "../fakes/fake_boxes.ts";
import { fakeClock } from "../fakes/fake_clock.ts";
import { test } from "../sanitized.ts";
import { toolboxSuite } from "../suites/toolbox_suite.ts";

const never = new AbortController().signal;
const NO_IMAGE = new LaunchFailed("start", "Cannot start the sandbox: no such image", "docker pull x");

function stage(most = 4) {
  const boxes = fakeBoxes();
  const source = ephemeralSource({
    launch: boxes.launch,
    now: () => new Date("2026-11-22T12:00:00Z"),
    idleMs: 900_000,
    most,
    log: (line) => {
      throw new Error(line);
    },
  });
  return { boxes, source };
}

const echo = (lease: SandboxLease, text: string) =>
  lease.call({ id: "1", name: "stakpak__echo", input: { text } }, { signal: never });

toolboxSuite("a lease on a box of one's own", async () => {
  const { boxes, source } = stage();
  const lease = await source.lease("a", never);
  await lease.list(never);
  const [box] = boxes.boxes;
  return {
    toolbox: lease,
    fakes: box!.fakes,
    folder: "/work",
    async kill() {
      boxes.fails(NO_IMAGE);
      await box!.end(KILLED);
    },
    [Symbol.asyncDispose]: () => source[Symbol.asyncDispose](),
  };
});

test("a session's box is made at its first call and is its own; the last of its leases ends it", async () => {
  const { boxes, source } = stage();
  const [one, two, other] = await Promise.all(["a", "a", "b"].map((id) => source.lease(id, never)));
  equal(boxes.begun, 0);
  await Promise.all([echo(one!, "1"), echo(two!, "2"), echo(other!, "3")]);
  deepEqual(boxes.boxes.map(({ request }) => request.session).sort(), ["a", "b"]);
  ok(boxes.boxes.every(({ request }) => request.alone));
  await one![Symbol.asyncDispose]();
  equal((await echo(two!, "still")).text, "still");
  await two![Symbol.asyncDispose]();
  equal(boxes.now, 1);
  await source[Symbol.asyncDispose]();
  equal(boxes.now, 0);
});

test("a session that begins again while its box still ends gets a new one", async () => {
  const { boxes, source } = stage();
  const first = await source.lease("a", never);
  await echo(first, "1");
  const ending = first[Symbol.asyncDispose]();
  const second = await source.lease("a", never);
  equal((await echo(second, "2")).text, "2");
  await ending;
  deepEqual(boxes.boxes.map(({ disposed }) => disposed), [true, false]);
  await source[Symbol.asyncDispose]();
});

test("the end of a session is told once its box has ended, and before it has another", async () => {
  const boxes = fakeBoxes();
  const told: string[] = [];
  const log: string[] = [];
  const ended = Promise.withResolvers<void>();
  const source = ephemeralSource({
    launch: boxes.launch,
    now: () => new Date(),
    async ended(session) {
      told.push(`${session}, ${boxes.boxes[0]!.disposed}, ${boxes.begun}`);
      await ended.promise;
      throw new Error("a full disk");
    },
    log: (line) => log.push(line),
  });
  const first = await source.lease("a", never);
  await echo(first, "1");
  const ending = first[Symbol.asyncDispose]();
  const second = await source.lease("a", never);
  const waiting = echo(second, "2");
  ended.resolve();
  equal((await waiting).text, "2");
  await ending;
  deepEqual([told, log], [["a, true, 1"], ["a full disk"]]);
  await source[Symbol.asyncDispose]();
  deepEqual([told.length, boxes.now], [2, 0]);
});

test("a launch that fails fails the call, and the state says so until one works", async () => {
  const { boxes, source } = stage();
  const lease = await source.lease("a", never);
  boxes.fails(NO_IMAGE);
  await rejects(
    echo(lease, "1"),
    (error) => error instanceof ToolboxGone && !error.mayHaveRun && error.cause === NO_IMAGE,
  );
  deepEqual(source.state(), {
    mode: "ephemeral",
    healthy: false,
    consecutiveOk: 0,
    consecutiveFailures: 1,
    totalRespawnAttempts: 0,
    gaveUp: false,
    lastError: NO_IMAGE.message,
  });
  boxes.fails(undefined);
  equal((await echo(lease, "2")).text, "2");
  const { healthy, consecutiveOk, lastOk, lastError } = source.state();
  deepEqual([healthy, consecutiveOk, lastOk, lastError], [true, 1, "2026-11-22T12:00:00.000Z", undefined]);
  await source[Symbol.asyncDispose]();
});

test("a hundred sessions ask at once: never more boxes than there are places, everybody is answered, nothing is left", async () => {
  const { boxes, source } = stage(8);
  const texts = await Promise.all(Array.from({ length: 100 }, async (_, index) => {
    await using lease = await source.lease(`session ${index}`, never);
    return (await echo(lease, `${index}`)).text;
  }));
  deepEqual(texts, Array.from({ length: 100 }, (_, index) => `${index}`));
  deepEqual([boxes.begun, boxes.most, boxes.now], [100, 8, 0]);
  await source[Symbol.asyncDispose]();
});

test("a call that finds no place for two minutes is told how many are in use", async () => {
  using clock = fakeClock();
  const { boxes, source } = stage(1);
  const [one, two] = [await source.lease("a", never), await source.lease("b", never)];
  await echo(one, "1");
  const refused = rejects(echo(two, "2"), /all 1 are in use, and none became free within 2 minutes/);
  await clock.pass(120_000);
  await refused;
  const waiting = echo(two, "3");
  await boxes.boxes[0]!.end(KILLED);
  equal((await waiting).text, "3");
  await source[Symbol.asyncDispose]();
});

test("disposing ends boxes, launches and waiting calls, and there are no leases after it", async () => {
  const { boxes, source } = stage(1);
  const [one, two] = [await source.lease("a", never), await source.lease("b", never)];
  boxes.hold();
  const stopped = [rejects(echo(one, "1"), ToolboxGone), rejects(echo(two, "2"), ToolboxGone)];
  await Promise.resolve();
  await source[Symbol.asyncDispose]();
  await Promise.all(stopped);
  equal(boxes.now, 0);
  ok(boxes.begun <= 1);
  await rejects(source.lease("c", never), /it was stopped/);
});
