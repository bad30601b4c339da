/**
 * Runs the long checks in full: every test file that asks `tests/runs.ts` how often to try, under `STAKPAK_SOAK=1`.
 *
 * @module
 */
import { ROOT } from "./root.ts";

/** The test files under `folder` that import `tests/runs.ts`, sorted. */
export async function soakFiles(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) found.push(...await soakFiles(path));
    else if (path.endsWith("_test.ts") && await asksHowOften(path)) found.push(path);
  }
  return found.toSorted();
}

async function asksHowOften(path: string): Promise<boolean> {
  return /^import .* from "[./]+\/runs\.ts";$/m.test(await Deno.readTextFile(path));
}

if (import.meta.main) {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["test", "--no-check", "-A", "--parallel", ...Deno.args, ...await soakFiles(`${ROOT}/tests`)],
    cwd: ROOT,
    env: { STAKPAK_SOAK: "1" },
  }).spawn();
  Deno.exit((await child.status).code);
}
