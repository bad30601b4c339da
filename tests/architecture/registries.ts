import { resolve } from "./rooms.ts";
import type { SourceFile } from "./source_file.ts";
import type { Tree } from "./tree.ts";

/** A registry: *interface + registry + one file per leaf*. Source: DESIGN §4. */
interface Registry {
  readonly room: string;
  /** The type that a leaf's export is declared with. */
  readonly type: string;
  /** Where each leaf is explained, one heading `## <id>` each. */
  readonly docs: string;
}

const REGISTRIES: readonly Registry[] = [
  { room: "probes", type: "Probe", docs: "docs/probes.md" },
  { room: "mcp", type: "Tool", docs: "docs/tools.md" },
  { room: "models", type: "ModelProvider", docs: "docs/models.md" },
];

/** Whether a file is one of a registry's entries: it exports a `Probe`. */
export function isLeaf({ path, exports }: SourceFile): boolean {
  return REGISTRIES.some(({ room, type }) =>
    path.startsWith(`src/${room}/`) && exports.some((one) => one.type === type)
  );
}

/** Every leaf is in its registry and explained, and nothing else is. */
export function registries(tree: Tree, all: readonly Registry[] = REGISTRIES): string[] {
  return all.flatMap((registry) => complaintsAbout(registry, tree));
}

function complaintsAbout({ room, type, docs }: Registry, { sources, texts }: Tree): string[] {
  const path = `src/${room}/registry.ts`;
  const leaves = sources.filter((file) => file.path.startsWith(`src/${room}/`) && isLeaf(file));
  const registry = sources.find((file) => file.path === path);
  if (!registry) return [`${path}: missing; it lists every ${type} in a literal array`];
  const listed = registry.imports.map(({ specifier }) => resolve(path, specifier));
  const ids = leaves.map((leaf) => leaf.path.replace(/^.*\//, "").replace(/\.ts$/, ""));
  const headings = [...(texts[docs] ?? "").matchAll(/^## (\S+)$/gm)].map(([, id]) => id!);
  return [
    ...leaves.filter((leaf) => !listed.includes(leaf.path)).map((leaf) =>
      `${leaf.path}: not in ${path}; add its line there`
    ),
    ...ids.filter((id) => !headings.includes(id)).map((id) =>
      `${docs}: no heading "## ${id}"; explain it there`
    ),
    ...headings.filter((id) => !ids.includes(id)).map((id) =>
      `${docs}: "## ${id}" explains nothing; no such ${type}`
    ),
  ];
}
