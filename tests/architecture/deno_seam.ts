import type { Tree } from "./tree.ts";

/** Entries of a process or a worker of their own: they begin before there is a `Host`. */
const ENTRIES: readonly string[] = ["main.ts"];

/** Only the seam says `Deno`, so that a test that passes a `fakeHost` has replaced the machine. */
export function denoSeam({ sources }: Tree): string[] {
  return sources
    .filter(({ path }) => !/^src\/host\/deno_\w+\.ts$/.test(path) && !ENTRIES.includes(path))
    .flatMap(({ path, denoLines }) =>
      denoLines.map((line) =>
        `${path}:${line}: says Deno; ask the Host, and write what it lacks in src/host/deno_*.ts`
      )
    );
}
