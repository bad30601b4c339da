import type { Tree } from "./tree.ts";

/** Names that say nothing about what is inside, so that everything ends up there. */
const FORBIDDEN = /^(utils?|helpers?|common|shared|index|mod|types?|misc)$/;

/** A file is named after the one thing in it, `snake_case.ts`. */
export function names({ sources }: Tree): string[] {
  return sources.flatMap(({ path }) => {
    const parts = path.replace(/\.ts$/, "").split("/");
    const bad = parts.find((part) => FORBIDDEN.test(part));
    if (bad) return [`${path}: "${bad}" says nothing; name it after the one thing in it`];
    const odd = parts.find((part) => !/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(part));
    return odd ? [`${path}: "${odd}" is not snake_case; rename it`] : [];
  });
}
