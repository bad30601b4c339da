import { deepEqual } from "node:assert/strict";
import { test } from "../sanitized.ts";
import { registries } from "./registries.ts";
import { treeOf } from "./tree.ts";

const ALL = [{ room: "probes", type: "Probe", docs: "docs/probes.md" }];
const MEMORY = "export const memory: Probe = {};";

test("a registry with every leaf, each explained, passes", () => {
  const tree = treeOf({
    "src/probes/memory.ts": MEMORY,
    "src/probes/run.ts": "export function runProbes() {}",
    "src/probes/registry.ts": `import { memory } from "./memory.ts";`,
  }, { texts: { "docs/probes.md": "# Probes\n\n## memory\n" } });
  deepEqual(registries(tree, ALL), []);
});

test("a leaf beside the registry, one without a heading and a heading without a leaf are named", () => {
  const tree = treeOf({
    "src/probes/memory.ts": MEMORY,
    "src/probes/registry.ts": "export const PROBES: readonly Probe[] = [];",
  }, { texts: { "docs/probes.md": "# Probes\n\n## disk_space\n" } });
  deepEqual(registries(tree, ALL), [
    "src/probes/memory.ts: not in src/probes/registry.ts; add its line there",
    `docs/probes.md: no heading "## memory"; explain it there`,
    `docs/probes.md: "## disk_space" explains nothing; no such Probe`,
  ]);
});

test("a room without its registry is refused", () => {
  deepEqual(registries(treeOf({}), ALL), [
    "src/probes/registry.ts: missing; it lists every Probe in a literal array",
  ]);
});
