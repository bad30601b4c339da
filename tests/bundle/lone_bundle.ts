import { bundle } from "../../scripts/bundle.ts";
import { programFlags } from "../../src/cli/permissions.ts";

export interface LoneBundle extends AsyncDisposable {
  /** Runs the program with `args`; `code`, and what it wrote. */
  run(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }>;
  readonly homePath: string;
  /** Starts the program: Deno, its flags, the file. */
  readonly command: readonly string[];
  /** The names in its HOME. */
  home(): Promise<string[]>;
}

/**
 * The program as the one file it ships as, alone in an empty folder, with an empty HOME and DENO_DIR, nothing to
 * download, and the permission table's flags. What is imported lazily and was left out of the bundle fails here.
 */
export async function loneBundle(): Promise<LoneBundle> {
  const folder = await Deno.makeTempDir({ prefix: "alone-" });
  const file = `${folder}/program/stakpak.js`;
  await bundle(file);
  const homePath = `${folder}/home`;
  await Deno.mkdir(homePath);
  const command = [Deno.execPath(), "run", ...programFlags(), file];
  return {
    homePath,
    command,
    async run(...args) {
      const [deno, ...flags] = command;
      const { code, stdout, stderr } = await new Deno.Command(deno!, {
        args: [...flags, ...args],
        cwd: `${folder}/program`,
        clearEnv: true,
        env: { HOME: homePath, DENO_DIR: `${folder}/cache`, PATH: "/usr/bin:/bin" },
        stdin: "null",
      }).output();
      const text = new TextDecoder();
      return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
    },
    home: async () => (await Array.fromAsync(Deno.readDir(homePath))).map(({ name }) => name),
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}
