import { parse, type SourceFile } from "./source_file.ts";

/** The checkout, as the rules see it. */
export interface Tree {
  /** `main.ts` and everything under `src/`. */
  readonly sources: readonly SourceFile[];
  /** Paths of the files under `tests/`. */
  readonly tests: readonly string[];
  /** Texts that a rule reads, by path: `docs/probes.md`. */
  readonly texts: Readonly<Record<string, string>>;
}

/** A rule's answer: one line for each place that breaks it, each saying how to mend it; empty when all is well. */
export type Rule = (tree: Tree) => string[];

/** A tree that exists nowhere, for the tests of the rules: source texts by path. */
export function treeOf(
  sources: Readonly<Record<string, string>>,
  rest: Partial<Pick<Tree, "tests" | "texts">> = {},
): Tree {
  const parsed = Object.entries(sources).map(([path, text]) => parse(path, text));
  return { sources: parsed, tests: [], texts: {}, ...rest };
}

/** Reads the checkout at `root`. */
export async function readTree(root: string): Promise<Tree> {
  const paths = ["main.ts", ...await filesUnder(root, "src")].filter((path) => path.endsWith(".ts"));
  const sources = await Promise.all(
    paths.map(async (path) => parse(path, await Deno.readTextFile(`${root}/${path}`))),
  );
  const texts = await Promise.all(
    ["docs/probes.md", "docs/tools.md", "docs/models.md"].map(async (path) =>
      [path, await Deno.readTextFile(`${root}/${path}`)] as const
    ),
  );
  return { sources, tests: await filesUnder(root, "tests"), texts: Object.fromEntries(texts) };
}

async function filesUnder(root: string, folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir(`${root}/${folder}`)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) found.push(...await filesUnder(root, path));
    else found.push(path);
  }
  return found.toSorted();
}
