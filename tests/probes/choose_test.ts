import assert from "node:assert/strict";
import { UserError } from "../../src/domain/error.ts";
import { chooseProbes } from "../../src/probes/choose.ts";
import { PASS, probeThat } from "../fakes/fake_probes.ts";
import { test } from "../sanitized.ts";

const ALL = [
  { ...probeThat("a", PASS), occasions: ["startup", "doctor"] as const },
  { ...probeThat("b", PASS, ["a"]), occasions: ["startup", "doctor"] as const },
  { ...probeThat("c", PASS, ["b"]), occasions: ["doctor"] as const },
  { ...probeThat("d", PASS, ["a"]), occasions: ["live"] as const },
];
const ids = (choice: Parameters<typeof chooseProbes>[2], occasion: "startup" | "doctor" = "doctor") =>
  chooseProbes(ALL, occasion, choice).map((probe) => probe.id);

test("chooseProbes() takes the probes of the occasion", () => {
  assert.deepEqual(ids({}, "startup"), ["a", "b"]);
  assert.deepEqual(ids({}), ["a", "b", "c"]);
});

test("chooseProbes() brings what a chosen probe needs, however deep", () => {
  assert.deepEqual(ids({ only: ["c"] }), ["a", "b", "c"]);
});

test("chooseProbes() lets --only name a probe of the other occasion", () => {
  assert.deepEqual(ids({ only: ["c"] }, "startup"), ["a", "b", "c"]);
});

test("chooseProbes() takes what changes something under live alone, and says so when it is asked for by name", () => {
  assert.deepEqual(ids({ live: true }), ["a", "b", "c", "d"]);
  assert.deepEqual(ids({ live: true }, "startup"), ["a", "b", "d"]);
  assert.deepEqual(ids({ live: true, only: ["d"] }), ["a", "d"]);
  assert.throws(
    () => ids({ only: ["d"] }),
    (error) =>
      error instanceof UserError && error.hint === "stakpak doctor --live --only d" && error.exitCode === 2,
  );
});

test("chooseProbes() leaves out what is skipped", () => {
  assert.deepEqual(ids({ skip: ["a"] }), ["b", "c"]);
});

test("chooseProbes() refuses an unknown id with the nearest one", () => {
  assert.throws(
    () => chooseProbes(PASSING, "doctor", { only: ["memoryy"] }),
    (error) => error instanceof UserError && error.hint === 'did you mean "memory"?' && error.exitCode === 2,
  );
});

const PASSING = [probeThat("memory", PASS)];

test("chooseProbes() refuses a choice that leaves nothing", () => {
  assert.throws(() => chooseProbes(PASSING, "doctor", { skip: ["memory"] }), /leave no probe/);
});
