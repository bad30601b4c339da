import { isLeaf } from "./registries.ts";
import type { Tree } from "./tree.ts";

/** Files that need no twin, with the reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  "main.ts": "tests/bundle and tests/cli start it as a process",
};

/** `src/x/y.ts` that exports something to call, or is a leaf of a registry, has `tests/x/y_test.ts`. */
export function twins(tree: Tree, exceptions: Readonly<Record<string, string>> = EXCEPTIONS): string[] {
  const wanted = tree.sources
    .filter((file) => isLeaf(file) || file.exports.some(({ callable }) => callable))
    .filter(({ path }) => !(path in exceptions))
    .map(({ path }) => ({ path, twin: path.replace(/^src\//, "tests/").replace(/\.ts$/, "_test.ts") }));
  const missing = wanted.filter(({ twin }) => !tree.tests.includes(twin));
  const gone = Object.keys(exceptions).filter((path) => !tree.sources.some((file) => file.path === path));
  return [
    ...missing.map(({ path, twin }) =>
      `${path}: no ${twin}; write it, or say why not in tests/architecture/twins.ts`
    ),
    ...gone.map((path) => `${path}: gone, but excepted in tests/architecture/twins.ts; remove it there`),
  ];
}
