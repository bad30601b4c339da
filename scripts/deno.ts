import { ROOT } from "./root.ts";

/**
 * Runs this same Deno in the checkout and resolves to what it wrote on stdout.
 * Rejects with its stderr when it fails. Works where `deno` is not on PATH.
 */
export async function deno(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: ROOT,
    env: { ...env, NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder();
  if (!success) throw new Error(`Cannot run deno ${args.join(" ")}: ${text.decode(stderr).trim()}`);
  return text.decode(stdout);
}
