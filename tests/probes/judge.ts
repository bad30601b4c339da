/**
 * Programs of others that judge what we render.
 *
 * Where one is missing the test says so and goes on, except under `STAKPAK_TEST_DOCKER=required` (CI), where
 * nothing may be missing.
 *
 * @module
 */
import assert from "node:assert/strict";

export interface Verdict {
  readonly ok: boolean;
  /** What the judge printed, on both streams. */
  readonly said: string;
}

/** Runs `program` with `stdin`. Gives `undefined` when it is not installed. */
export async function judge(
  program: string,
  args: readonly string[],
  { stdin = "", cwd }: { stdin?: string; cwd?: string } = {},
): Promise<Verdict | undefined> {
  const command = new Deno.Command(program, {
    args: [...args],
    ...(cwd === undefined ? {} : { cwd }),
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  });
  try {
    const child = command.spawn();
    const [output] = await Promise.all([
      child.output(),
      // A judge that stops reading early has made up its mind; its verdict is its exit code.
      new Blob([stdin]).stream().pipeTo(child.stdin).catch(() => {}),
    ]);
    const decoder = new TextDecoder();
    return { ok: output.success, said: decoder.decode(output.stdout) + decoder.decode(output.stderr) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Says that a judge did not sit; fails where it must. */
export function notJudged(why: string): void {
  assert.notEqual(Deno.env.get("STAKPAK_TEST_DOCKER"), "required", why);
  Deno.stderr.writeSync(new TextEncoder().encode(`not judged: ${why}\n`));
}
