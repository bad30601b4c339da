import assert from "node:assert/strict";
import { PROBE_IDS } from "../../src/probes/probe_ids.ts";
import { PROBES } from "../../src/probes/registry.ts";
import { test } from "../sanitized.ts";

test("PROBE_IDS are those of the registry, in its order", () => {
  assert.deepEqual(PROBE_IDS, PROBES.map(({ id }) => id));
});
