import { resolve, roomOf, ROOMS } from "./rooms.ts";
import type { SourceFile } from "./source_file.ts";
import type { Tree } from "./tree.ts";

/** A file imports its own room or rooms to the left, and no code from outside `src`. */
export function importLine({ sources }: Tree): string[] {
  return sources.flatMap((file) => [...wrongPlace(file), ...wrongImports(file)]);
}

function wrongPlace({ path }: SourceFile): string[] {
  const room = roomOf(path);
  if (room !== undefined && ROOMS.includes(room as never)) return [];
  return [
    `${path}: in no room; move it to src/<room>/<file>.ts, where the rooms are ${
      ROOMS.slice(0, -1).join(", ")
    }`,
  ];
}

function wrongImports(file: SourceFile): string[] {
  const own = ROOMS.indexOf(roomOf(file.path) as never);
  return file.imports.flatMap(({ specifier, line }) => {
    const target = resolve(file.path, specifier);
    if (target === undefined || !target.endsWith(".ts")) return [];
    const room = roomOf(target);
    const at = `${file.path}:${line}: imports ${target}`;
    if (room === undefined) return [`${at}, which is not in src; move what it needs into a room`];
    if (ROOMS.indexOf(room as never) <= own) return [];
    return [
      `${at}, a room to the right of ${
        roomOf(file.path)
      }; pass it as an argument, or move the shared part left`,
    ];
  });
}
