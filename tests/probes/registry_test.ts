import assert from "node:assert/strict";
import { PROBE_IDS } from "../../src/probes/probe_ids.ts";
import { PROBES } from "../../src/probes/registry.ts";
import { test } from "../sanitized.ts";

const STARTUP = [
  "config_files",
  "credentials",
  "docker_installed",
  "docker_accessible",
  "docker_user_systemd",
  "memory",
  "bind_port",
  "systemd_linger",
  "sandbox_image",
];

test("the registry has the ids that users may name, in the same order, each once", () => {
  assert.deepEqual(PROBES.map((probe) => probe.id), [...PROBE_IDS]);
  assert.equal(new Set(PROBE_IDS).size, PROBE_IDS.length);
});

test("a probe stands after those it needs", () => {
  for (const [index, { id, needs = [] }] of PROBES.entries()) {
    const earlier = PROBES.slice(0, index).map((probe) => probe.id);
    assert.deepEqual(needs.filter((need) => !earlier.includes(need)), [], id);
  }
});

test("the startup set is the design's; doctor asks everything, and under --live what changes something", () => {
  assert.deepEqual(
    PROBES.filter((probe) => probe.occasions.includes("startup")).map((probe) => probe.id),
    STARTUP,
  );
  assert.deepEqual(
    PROBES.filter((probe) => !probe.occasions.includes("doctor")).map(({ id, occasions }) => [id, occasions]),
    [["sandbox_launch", ["live"]]],
  );
});
