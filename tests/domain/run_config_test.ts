import assert from "node:assert/strict";
import { resolveRun, type RunDefaults } from "../../src/domain/run_config.ts";
import type { RunOverrides } from "../../src/domain/run.ts";
import { test } from "../sanitized.ts";

const DEFAULTS: RunDefaults = {
  models: ["p/request", "p/session", "p/server", "p/first"],
  systemPrompt: "base",
  approveAll: false,
  allowedTools: undefined,
};

function resolved(change: {
  defaults?: Partial<RunDefaults>;
  profile?: RunOverrides;
  caller?: RunOverrides;
} = {}) {
  return resolveRun("ops", { ...DEFAULTS, ...change.defaults }, change.profile ?? {}, change.caller ?? {});
}

test("a run's model is that of the overrides, the request, the session, the server, the first with a key", () => {
  const rows: readonly (readonly [Parameters<typeof resolved>[0], string | undefined])[] = [
    [{ caller: { model: "p/caller" }, profile: { model: "p/profile" } }, "p/caller"],
    [{ profile: { model: "p/profile" } }, "p/profile"],
    [{}, "p/request"],
    [{ defaults: { models: [undefined, "p/session", "p/server", "p/first"] } }, "p/session"],
    [{ defaults: { models: [undefined, undefined, "p/server", "p/first"] } }, "p/server"],
    [{ defaults: { models: [undefined, undefined, "", "p/first"] } }, "p/first"],
    [{ defaults: { models: [undefined, undefined, undefined, undefined] } }, undefined],
    [{ caller: { model: "" } }, "p/request"],
  ];
  for (const [asked, model] of rows) assert.equal(resolved(asked)?.model, model, JSON.stringify(asked));
});

test("a run's approvals are the caller's, the profile's, the server's; they replace and do not add up", () => {
  const rows: readonly (readonly [Parameters<typeof resolved>[0], unknown])[] = [
    [{ caller: { autoApprove: ["view"] }, profile: { autoApprove: ["create"] } }, ["view"]],
    [{ caller: { autoApprove: "none" }, defaults: { approveAll: true } }, "none"],
    [{ profile: { autoApprove: [] }, defaults: { approveAll: true } }, []],
    [{ defaults: { approveAll: true } }, "all"],
    [{}, undefined],
  ];
  for (const [asked, approve] of rows) assert.deepEqual(resolved(asked)?.policy.approve, approve);
});

test("what a profile allows stays, whatever the caller says", () => {
  const { policy } = resolved({ defaults: { allowedTools: ["view"] }, caller: { autoApprove: "all" } })!;
  assert.deepEqual(policy, { allowed: ["view"], approve: "all" });
});

test("a run's prompt is the caller's, the profile's, the base; blank ones do not count", () => {
  const rows: readonly (readonly [RunOverrides, RunOverrides, string])[] = [
    [{ systemPrompt: "caller" }, { systemPrompt: "profile" }, "caller"],
    [{}, { systemPrompt: "profile" }, "profile"],
    [{}, {}, "base"],
    [{ systemPrompt: "" }, {}, "base"],
  ];
  for (const [caller, profile, prompt] of rows) {
    assert.equal(resolved({ caller, profile })?.systemPrompt, prompt);
  }
});

test("a run has the caller's turns, the profile's, or 64", () => {
  assert.equal(resolved({ caller: { maxTurns: 1 }, profile: { maxTurns: 9 } })?.maxTurns, 1);
  assert.equal(resolved({ profile: { maxTurns: 9 } })?.maxTurns, 9);
  assert.equal(resolved()?.maxTurns, 64);
});
