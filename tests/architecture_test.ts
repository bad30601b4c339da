/**
 * The shape of the tree, checked by a program. Each rule is one file of `architecture/`.
 *
 * @module
 */
import { fail } from "node:assert/strict";
import { PROBES } from "../src/probes/registry.ts";
import { denoSeam } from "./architecture/deno_seam.ts";
import { doors } from "./architecture/doors.ts";
import { importLine } from "./architecture/import_line.ts";
import { names } from "./architecture/names.ts";
import { registries } from "./architecture/registries.ts";
import { sizes } from "./architecture/sizes.ts";
import { readTree, type Rule } from "./architecture/tree.ts";
import { twins } from "./architecture/twins.ts";
import { test } from "./sanitized.ts";

const RULES: Readonly<Record<string, Rule>> = {
  "files import their own room or rooms to the left": importLine,
  "libraries and system modules are imported behind their one door": doors,
  "only the host seam says Deno": denoSeam,
  "files, leaves and functions stay small": sizes,
  "files are named after what is in them": names,
  "every leaf is in its registry and explained": registries,
  "every file with something to call has a twin test": twins,
};

const tree = await readTree(new URL("..", import.meta.url).pathname.replace(/\/$/, ""));

for (const [name, rule] of Object.entries(RULES)) {
  test(name, () => {
    const complaints = rule(tree);
    if (complaints.length > 0) fail(`\n${complaints.join("\n")}`);
  });
}

test("every probe stands in the registry once, named after its file, behind those it needs", () => {
  const complaints = PROBES.flatMap(({ id, needs = [] }, index) => {
    const earlier = PROBES.slice(0, index).map((probe) => probe.id);
    const known = tree.sources.some(({ path }) => path === `src/probes/${id}.ts`);
    return [
      ...(earlier.includes(id) ? [`${id}: twice in src/probes/registry.ts; remove one line`] : []),
      ...(known ? [] : [`${id}: no src/probes/${id}.ts; name the file after the id`]),
      ...needs.filter((need) => !earlier.includes(need)).map((need) =>
        `${id}: needs ${need}; move it behind that`
      ),
    ];
  });
  if (complaints.length > 0) fail(`\n${complaints.join("\n")}`);
});
