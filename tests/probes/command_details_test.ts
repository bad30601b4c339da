import assert from "node:assert/strict";
import { commandDetails } from "../../src/probes/command_details.ts";
import { test } from "../sanitized.ts";

const said = (stderr: string, stdout = "") => commandDetails({ code: 1, stdout, stderr });

test("commandDetails() gives stderr, or stdout where stderr is blank", () => {
  assert.deepEqual(said(" no \n", "yes"), ["no"]);
  assert.deepEqual(said(" \n", "yes\n"), ["yes"]);
  assert.deepEqual(said("", "\n"), []);
});

test("commandDetails() cuts at 240 characters and shows that it did", () => {
  assert.deepEqual(said("x".repeat(240)), ["x".repeat(240)]);
  assert.deepEqual(said("x".repeat(241)), ["x".repeat(237) + "..."]);
});

test("commandDetails() leaves out who logs in at an address", () => {
  assert.deepEqual(said("dial tcp://ada:pa55word@db:2376/x failed"), ["dial tcp://…@db:2376/x failed"]);
});
