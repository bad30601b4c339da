import { isLeaf } from "./registries.ts";
import type { SourceFile } from "./source_file.ts";
import type { Tree } from "./tree.ts";

const FILE_LINES_MAX = 300;
const LEAF_LINES_MAX = 80;
const FUNCTION_LINES_MAX = 60;

/** A file is read on one screen or three, a leaf of a registry and a function on one. Source: DESIGN §4. */
export function sizes({ sources }: Tree): string[] {
  return sources.flatMap((file) => [...fileSize(file), ...functionSizes(file)]);
}

function fileSize(file: SourceFile): string[] {
  const [kind, most] = isLeaf(file) ? ["leaf", LEAF_LINES_MAX] : ["file", FILE_LINES_MAX];
  if (file.lines <= most) return [];
  return [
    `${file.path}: ${file.lines} lines, at most ${most} for a ${kind}; move one thing of it into its own file`,
  ];
}

function functionSizes({ path, functions }: SourceFile): string[] {
  return functions
    .filter(({ lines }) => lines > FUNCTION_LINES_MAX)
    .map(({ name, line, lines }) =>
      `${path}:${line}: ${name} has ${lines} lines, at most ${FUNCTION_LINES_MAX}; give a part of it a name`
    );
}
