import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { UserError } from "../../src/domain/error.ts";
import { sessionName } from "../../src/domain/session_name.ts";
import { ToolboxGone } from "../../src/domain/toolbox.ts";
import { LaunchFailed } from "../../src/sandbox/box.ts";
import { type PersistentSource, startPersistent } from "../../src/sandbox/persistent_source.ts";
import type { SandboxLease } from "../../src/sandbox/source.ts";
import { type FakeBoxes, fakeBoxes, KILLED } from "../fakes/fake_boxes.ts";
import { fakeClock } from "../fakes/fake_clock.ts";
import { test } from "../sanitized.ts";
import { toolboxSuite } from "../suites/toolbox_suite.ts";

const never = new AbortController().signal;
const NO_IMAGE = new LaunchFailed("start", "Cannot start the sandbox: no such image", "docker pull x");

interface Situation {
  readonly boxes?: FakeBoxes;
  readonly engine?: { up: boolean };
  readonly onFailure?: "degrade" | "exit";
  readonly log?: string[];
}

const start = (
  { boxes = fakeBoxes(), engine = { up: true }, onFailure = "degrade", log = [] }: Situation,
): Promise<PersistentSource> =>
  startPersistent({
    launch: boxes.launch,
    engineAnswers: () => Promise.resolve(engine.up),
    now: () => new Date(),
    onFailure,
    log: (line) => log.push(line),
  }, never);

const echo = (lease: SandboxLease, text: string) =>
  lease.call({ id: "1", name: "stakpak__echo", input: { text } }, { signal: never });
const wait = (lease: SandboxLease) =>
  lease.call({ id: "2", name: "stakpak__wait", input: {} }, { signal: never });

toolboxSuite("a lease on the shared box", async () => {
  const clock = fakeClock();
  const boxes = fakeBoxes();
  const source = await start({ boxes });
  const lease = await source.lease("a", never);
  const { fakes } = boxes.boxes[0]!;
  return {
    toolbox: {
      // A deadline, or a wait for the next box, passes at once.
      async list(signal) {
        const listing = lease.list(signal);
        listing.catch(() => {});
        await clock.pass(40_000);
        return await listing;
      },
      async call(call, how) {
        const calling = lease.call(call, how);
        calling.catch(() => {});
        await clock.pass(40_000);
        return await calling;
      },
    },
    fakes,
    folder: `/work/${await sessionName("a")}`,
    async kill() {
      boxes.fails(NO_IMAGE);
      await boxes.boxes[0]!.end(KILLED);
    },
    async [Symbol.asyncDispose]() {
      await source[Symbol.asyncDispose]();
      clock[Symbol.dispose]();
    },
  };
});

test("the box is there when the source is, and all sessions share it", async () => {
  const boxes = fakeBoxes();
  await using source = await start({ boxes });
  const [a, b] = [await source.lease("a", never), await source.lease("b", never)];
  equal((await echo(a, "1")).text + (await echo(b, "2")).text, "12");
  equal((await b.list(never)).length, boxes.boxes[0]!.tools.length);
  await a[Symbol.asyncDispose]();
  await rejects(echo(a, "3"), ToolboxGone);
  equal((await echo(b, "4")).text, "4");
  deepEqual([boxes.begun, boxes.boxes[0]!.request.session], [1, "shared"]);
});

test("a start without a box is refused, with what the launch said", async () => {
  const boxes = fakeBoxes();
  boxes.fails(NO_IMAGE);
  await rejects(start({ boxes }), (error) => {
    ok(error instanceof UserError);
    deepEqual([error.message, error.hint, error.exitCode], [NO_IMAGE.message, NO_IMAGE.hint, 2]);
    return true;
  });
  equal(boxes.now, 0);
});

test("a box that is killed is replaced at once: the call that died says so, the next goes to the new one", async () => {
  using clock = fakeClock();
  const boxes = fakeBoxes();
  const log: string[] = [];
  await using source = await start({ boxes, log });
  const lease = await source.lease("a", never);
  const dying = rejects(
    wait(lease),
    (error) =>
      error instanceof ToolboxGone && error.mayHaveRun &&
      /killed \(signal 9\): the call may/.test(error.message),
  );
  await boxes.boxes[0]!.fakes.waiting();
  await boxes.boxes[0]!.end(KILLED);
  await dying;
  equal((await echo(lease, "back")).text, "back");
  equal(boxes.boxes.length, 2);
  ok(boxes.boxes[0]!.disposed);
  await clock.pass(0);
  equal(source.state().healthy, true);
  equal(source.state().totalRespawnAttempts, 1);
  deepEqual(log, ["Sandbox: The box was killed (signal 9)", "Sandbox: there is a new box"]);
});

test("a call that finds nobody waits for the box that replaces him", async () => {
  using clock = fakeClock();
  const boxes = fakeBoxes();
  await using source = await start({ boxes });
  const lease = await source.lease("a", never);
  boxes.hold();
  await boxes.boxes[0]!.end(KILLED);
  const waiting = echo(lease, "patient");
  await clock.pass(20_000);
  boxes.release();
  equal((await waiting).text, "patient");
});

test("a call waits no longer than 30 s, and then says why", async () => {
  using clock = fakeClock();
  const boxes = fakeBoxes();
  await using source = await start({ boxes });
  const lease = await source.lease("a", never);
  boxes.hold();
  await boxes.boxes[0]!.end(KILLED);
  const refused = rejects(
    echo(lease, "x"),
    (error) =>
      error instanceof ToolboxGone && !error.mayHaveRun &&
      /killed.*no other came up within 30 s/.test(error.message),
  );
  await clock.pass(30_000);
  await refused;
});

test("a call whose connection broke before it was sent goes to the next box, once", async () => {
  using clock = fakeClock();
  const boxes = fakeBoxes();
  await using source = await start({ boxes });
  const lease = await source.lease("a", never);
  await boxes.boxes[0]!.cut();
  const calling = echo(lease, "again");
  await clock.pass(500);
  await boxes.boxes[0]!.end(KILLED);
  equal((await calling).text, "again");
  await boxes.boxes[1]!.cut();
  const cut = rejects(echo(lease, "x"), /Cannot reach the tools/);
  await clock.pass(1_000);
  await cut;
});

test("a box that hangs is replaced after three checks of 10 s, 30 s apart", async () => {
  using clock = fakeClock();
  const boxes = fakeBoxes();
  await using source = await start({ boxes });
  boxes.boxes[0]!.lists("hang");
  await clock.pass(3 * 40_000 - 1);
  deepEqual([source.state().healthy, source.state().consecutiveFailures, boxes.begun], [false, 2, 1]);
  match(source.state().lastError!, /no answer within 10 s/);
  await clock.pass(1);
  deepEqual([source.state().healthy, boxes.begun, boxes.boxes[0]!.disposed], [true, 2, true]);
});

test("a box that lists fewer tools than it had is not well", async () => {
  using clock = fakeClock();
  const boxes = fakeBoxes();
  await using source = await start({ boxes });
  const [box] = boxes.boxes;
  box!.lists(box!.fakes.tools.slice(1));
  await clock.pass(30_000);
  equal(source.state().lastError, "The box lists 6 of its 7 tools");
});

test("it gives up after five attempts: calls and leases are refused with the reason, and nothing is left", async () => {
  using clock = fakeClock();
  const boxes = fakeBoxes();
  const source = await start({ boxes });
  const lease = await source.lease("a", never);
  boxes.fails(NO_IMAGE);
  await boxes.boxes[0]!.end(KILLED);
  await clock.pass(15_000);
  deepEqual([boxes.begun, source.state().gaveUp, boxes.now], [6, true, 0]);
  await rejects(
    echo(lease, "x"),
    /^ToolboxGone: Cannot use the sandbox: Gave up after 5 attempts: .*no such image/,
  );
  await rejects(
    source.lease("b", never),
    (error) => error instanceof UserError && /Gave up/.test(error.message),
  );
  await clock.pass(3_600_000);
  equal(boxes.begun, 6);
  await source[Symbol.asyncDispose]();
});

test("only under on_failure = exit does giving up ask for the end of the program", async () => {
  using clock = fakeClock();
  for (const onFailure of ["degrade", "exit"] as const) {
    const boxes = fakeBoxes();
    await using source = await start({ boxes, onFailure });
    boxes.fails(NO_IMAGE);
    let asked = "";
    void source.failed.then((reason) => asked = reason);
    await boxes.boxes[0]!.end(KILLED);
    await clock.pass(15_000);
    equal(asked !== "", onFailure === "exit", onFailure);
  }
});

test("an engine that is away for an hour costs no attempts, and the box is back a minute after it", async () => {
  using clock = fakeClock();
  const boxes = fakeBoxes();
  const engine = { up: false };
  await using source = await start({ boxes, engine });
  const lease = await source.lease("a", never);
  boxes.fails(new LaunchFailed("start", "Cannot start the sandbox: the engine does not answer"));
  await boxes.boxes[0]!.end({ cause: "engine down", message: "The engine went down" });
  await clock.pass(3_600_000);
  equal(source.state().gaveUp, false);
  engine.up = true;
  boxes.fails(undefined);
  await clock.pass(60_000);
  equal(source.state().healthy, true);
  equal((await echo(lease, "back")).text, "back");
});

test("a box is renewed at four fifths of its certificates' life; the call in it goes on, and then it ends", async () => {
  using clock = fakeClock();
  const boxes = fakeBoxes(() => new Date(Date.now() + 10 * 3_600_000));
  await using source = await start({ boxes });
  const lease = await source.lease("a", never);
  const [first] = boxes.boxes;
  await clock.pass(8 * 3_600_000 - 60_000);
  equal(boxes.begun, 1);
  const waiting = wait(lease);
  await first!.fakes.waiting();
  await clock.pass(120_000);
  equal(boxes.begun, 2);
  equal((await echo(lease, "new")).text, "new");
  deepEqual(boxes.boxes.map(({ fakes }) => fakes.ran), [["wait"], ["echo"]]);
  equal(first!.disposed, false);
  const gone = rejects(waiting, ToolboxGone);
  await first!.cut();
  await clock.pass(1_000);
  await gone;
  ok(first!.disposed);
  equal(source.state().totalRespawnAttempts, 0);
});

test("disposing ends the box, one that is coming up, and whoever waits for it", async () => {
  using clock = fakeClock();
  const boxes = fakeBoxes();
  const source = await start({ boxes });
  const lease = await source.lease("a", never);
  boxes.hold();
  await boxes.boxes[0]!.end(KILLED);
  await clock.pass(0);
  const waiting = rejects(echo(lease, "x"), /it was stopped/);
  await source[Symbol.asyncDispose]();
  await waiting;
  deepEqual([boxes.begun, boxes.now], [2, 0]);
});
