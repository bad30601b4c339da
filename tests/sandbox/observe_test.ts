import { deepEqual, equal, match, ok } from "node:assert/strict";
import fc from "fast-check";
import {
  firstWatch,
  MONITOR_LIMITS,
  type MonitorEvent,
  type MonitorLimits,
  type Observation,
  observe,
  stateOf,
  type Watched,
} from "../../src/sandbox/observe.ts";
import { runs, SEED } from "../runs.ts";
import { test } from "../sanitized.ts";

const DAY = 86_400_000;
const START = Date.UTC(2026, 10, 22, 12);
const RENEW_AT = START + 24 * DAY;

type What = MonitorEvent["what"];
/** An event of a story; what it does not say is made up. */
type Told = {
  readonly what: What;
  readonly at?: number;
  readonly error?: string;
  readonly engineDown?: boolean;
};

const eventOf = ({ what, at = START, error = "no answer", engineDown = false }: Told): MonitorEvent =>
  ({ what, at, error, engineDown, renewAt: at + 24 * DAY }) as MonitorEvent;

/** The actions that a story leads to, and the state at its end. */
function follow(told: readonly (What | Told)[]): { state: Watched; actions: Observation["action"][] } {
  let state = firstWatch(START, RENEW_AT, MONITOR_LIMITS);
  const actions = told.map((one) => {
    const observed = observe(state, eventOf(typeof one === "string" ? { what: one } : one), MONITOR_LIMITS);
    state = observed.state;
    return observed.action;
  });
  return { state, actions };
}

const acts = (actions: readonly Observation["action"][]) =>
  actions.map((action) => action.act === "wait" ? `wait ${action.ms / 1000}` : action.act);

test("a box that answers is asked again every 30 s", () => {
  const { state, actions } = follow(["ping ok", "time passed", "ping ok"]);
  deepEqual(acts(actions), ["wait 30", "ping", "wait 30"]);
  deepEqual([state.consecutiveOk, state.consecutiveFailures], [3, 0]);
});

test("a box is replaced at the third failure in a row, not before", () => {
  const { actions } = follow([
    "ping failed",
    "ping failed",
    "ping ok",
    "ping failed",
    "ping failed",
    "ping failed",
  ]);
  deepEqual(acts(actions), ["wait 30", "wait 30", "wait 30", "wait 30", "wait 30", "respawn"]);
});

test("a box that has ended is replaced at once", () => {
  const { state, actions } = follow([
    { what: "box ended", error: "The box was killed (signal 9)" },
    "respawned",
  ]);
  deepEqual(acts(actions), ["respawn", "wait 30"]);
  equal(state.totalRespawnAttempts, 1);
  equal(stateOf(state).healthy, true);
  equal(stateOf(state).lastError, undefined);
});

test("attempts stand apart by 1, 2, 4 and 8 s, and the sixth is not made", () => {
  const { state, actions } = follow([
    "box ended",
    ...Array.from({ length: 4 }, () => ["respawn failed", "time passed"] as const).flat(),
    { what: "respawn failed", error: "no such image" },
  ]);
  deepEqual(acts(actions), [
    "respawn",
    ...["wait 1", "respawn", "wait 2", "respawn", "wait 4", "respawn", "wait 8", "respawn"],
    "give up",
  ]);
  deepEqual(stateOf(state), {
    mode: "persistent",
    healthy: false,
    consecutiveOk: 0,
    consecutiveFailures: 6,
    lastOk: "2026-11-22T12:00:00.000Z",
    lastError: "Gave up after 5 attempts: no such image",
    totalRespawnAttempts: 5,
    gaveUp: true,
  });
});

test("boxes that come up and end at once use up the attempts as well", () => {
  const { actions } = follow([
    ...Array.from({ length: 5 }, () => ["box ended", "time passed", "respawned"] as const).flat().filter((
      _,
      at,
    ) => at !== 1),
    "box ended",
  ]);
  deepEqual(acts(actions).filter((act) => act === "respawn").length, 5);
  equal(actions.at(-1)!.act, "give up");
});

test("ten minutes of good checks give all attempts back, and the first is made at once again", () => {
  const minutes = (count: number): Told => ({ what: "ping ok", at: START + count * 60_000 });
  const spent: Told[] = [{ what: "box ended" }, { what: "respawned", at: START }];
  equal(follow([...spent, minutes(9)]).state.attemptsLeft, 4);
  const { state, actions } = follow([...spent, minutes(10), "box ended"]);
  equal(state.attemptsLeft, 4);
  equal(actions.at(-1)!.act, "respawn");
  equal(follow([...spent, "ping failed", minutes(10)]).state.attemptsLeft, 4);
});

test("while the engine is down, attempts go on, ever less often, and cost nothing", () => {
  const down: Told = { what: "respawn failed", engineDown: true, error: "the engine does not answer" };
  const story: Told[] = Array.from({ length: 100 }, () => [down, { what: "time passed" } as const]).flat();
  const { state, actions } = follow([
    { what: "box ended", error: "the engine is down" },
    ...story,
    "respawned",
  ]);
  equal(stateOf(state).healthy, true);
  deepEqual(acts(actions).slice(-3), ["wait 60", "respawn", "wait 30"]);
  equal(state.totalRespawnAttempts, 101);
  equal(state.attemptsLeft, 4);
});

test("a box is renewed when its certificates are due, and stays while that fails", () => {
  const due: Told = { what: "time passed", at: RENEW_AT };
  equal(follow([{ what: "time passed", at: RENEW_AT - 1 }]).actions[0]!.act, "ping");
  const failed = follow([due, { what: "respawn failed", at: RENEW_AT }]);
  deepEqual(acts(failed.actions), ["renew", "wait 30"]);
  deepEqual([failed.state.phase, failed.state.attemptsLeft], ["up", 5]);
  match(failed.state.lastError!, /no answer/);
  const at = RENEW_AT + MONITOR_LIMITS.renewAgainMs;
  const renewed = follow([due, { what: "respawn failed", at: RENEW_AT }, { what: "time passed", at }, {
    what: "respawned",
    at,
  }, { what: "time passed", at }]);
  deepEqual(acts(renewed.actions), ["renew", "wait 30", "renew", "wait 30", "ping"]);
  equal(renewed.state.totalRespawnAttempts, 0);
});

/** Whatever happens, as far as the monitor lets it: each event answers the action before. */
function anyStory(): fc.Arbitrary<readonly { readonly choice: number; readonly ms: number }[]> {
  return fc.array(fc.record({ choice: fc.nat(99), ms: fc.nat(400_000) }), { minLength: 1, maxLength: 200 });
}

function answerTo(action: Observation["action"], choice: number): What {
  const possible: Readonly<Record<Observation["action"]["act"], readonly What[]>> = {
    wait: ["time passed", "time passed", "box ended"],
    ping: ["ping ok", "ping ok", "ping failed", "box ended"],
    respawn: ["respawned", "respawn failed"],
    renew: ["respawned", "respawn failed"],
    "give up": ["time passed"],
  };
  return possible[action.act][choice % possible[action.act].length]!;
}

test("whatever happens, no more attempts are made than there are, and waits are from 1 to 60 s", () => {
  fc.assert(
    fc.property(anyStory(), (story) => {
      let state = firstWatch(START, RENEW_AT, MONITOR_LIMITS);
      let action: Observation["action"] = { act: "wait", ms: 30_000 };
      let at = START;
      let spent = 0;
      let gaveUp = false;
      for (const { choice, ms } of story) {
        // A box that is down does not end, and a wait is waited out.
        let what = answerTo(action, choice);
        if (what === "box ended" && state.phase === "down") what = "time passed";
        at += action.act === "wait" && what === "time passed" ? action.ms : ms;
        const engineDown = choice % 4 === 1;
        if (what === "respawn failed" && state.phase === "down" && engineDown) spent--;
        const before: Watched = state;
        ({ state, action } = observe(state, eventOf({ what, at, engineDown }), MONITOR_LIMITS));
        if (state.attemptsLeft === MONITOR_LIMITS.attempts && before.attemptsLeft < MONITOR_LIMITS.attempts) {
          spent = 0;
        }
        if (action.act === "respawn") spent++;
        ok(spent <= MONITOR_LIMITS.attempts, `${spent} attempts`);
        ok(state.attemptsLeft >= 0);
        if (action.act === "wait") ok(action.ms >= 1_000 && action.ms <= 60_000, `${action.ms} ms`);
        ok(!gaveUp || action.act === "give up", "something is done after giving up");
        gaveUp ||= action.act === "give up";
        ok(!stateOf(state).healthy || state.phase === "up" && stateOf(state).consecutiveOk > 0);
      }
    }),
    { numRuns: runs(10_000), seed: SEED },
  );
});

test("limits are followed, whatever they are", () => {
  const positive = fc.integer({ min: 1, max: 20 });
  fc.assert(
    fc.property(positive, positive, (failures, attempts) => {
      const limits: MonitorLimits = { ...MONITOR_LIMITS, failures, attempts };
      let state = firstWatch(START, RENEW_AT, limits);
      let checks = 0;
      let made = 0;
      let action: Observation["action"] = { act: "ping" };
      while (action.act !== "give up") {
        const what = action.act === "ping"
          ? "ping failed"
          : action.act === "wait"
          ? "time passed"
          : "respawn failed";
        if (what === "ping failed") checks++;
        ({ state, action } = observe(state, eventOf({ what }), limits));
        if (action.act === "respawn") made++;
      }
      deepEqual([checks, made], [failures, attempts]);
    }),
    { numRuns: runs(1_000), seed: SEED },
  );
});
