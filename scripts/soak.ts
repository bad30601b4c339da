/**
 * Runs the long checks in full: every test file that asks `tests/runs.ts` how often to try, under `STAKPAK_SOAK=1`.
 *
 * @module
 */
import { ROOT } from "./root.ts";
import { print, runTests, testFiles } from "./run_tests.ts";

/** The test files under `folder` that import `tests/runs.ts`, sorted. */
export async function soakFiles(folder: string): Promise<string[]> {
  const files = await testFiles([folder]);
  const ask = await Promise.all(files.map(asksHowOften));
  return files.filter((_, index) => ask[index]);
}

async function asksHowOften(path: string): Promise<boolean> {
  return /^import .* from "[./]+\/runs\.ts";$/m.test(await Deno.readTextFile(path));
}

if (import.meta.main) {
  const run = { options: Deno.args, env: { STAKPAK_SOAK: "1" }, tell: print };
  Deno.exit(await runTests(await soakFiles(`${ROOT}/tests`), run));
}
