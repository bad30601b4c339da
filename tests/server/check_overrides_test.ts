import assert from "node:assert/strict";
import type { RunOverrides } from "../../src/domain/run.ts";
import type { ApiError } from "../../src/server/api_error.ts";
import { checkOverrides } from "../../src/server/check_overrides.ts";
import { test } from "../sanitized.ts";

test("checkOverrides() takes what is within the limits, counted in characters", () => {
  const fine: RunOverrides[] = [
    {},
    { maxTurns: 1 },
    { maxTurns: 256 },
    { systemPrompt: "x".repeat(32_768) },
    { systemPrompt: "😀".repeat(32_768) },
    { autoApprove: "all" },
    { autoApprove: "none" },
    { autoApprove: [] },
    { autoApprove: ["view", "stakpak__run_command", "paks__*"] },
  ];
  for (const overrides of fine) checkOverrides(overrides);
});

test("checkOverrides() refuses what is beyond them, and what is no mode or pattern", () => {
  const wrong = [
    { maxTurns: 0 },
    { maxTurns: 257 },
    { maxTurns: 1.5 },
    { systemPrompt: "x".repeat(32_769) },
    { autoApprove: "custom" },
    { autoApprove: "*" },
    { autoApprove: ["run_command::git"] },
    { autoApprove: [" "] },
  ] as RunOverrides[];
  for (const overrides of wrong) {
    const isRefused = (error: unknown) =>
      (error as ApiError).status === 400 && (error as ApiError).code === "invalid_overrides";
    assert.throws(() => checkOverrides(overrides), isRefused, JSON.stringify(overrides).slice(0, 60));
  }
});
