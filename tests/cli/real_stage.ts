import type { Stage, Transcript } from "./transcript.ts";

/** How to start the program: Deno with flags and a file, or a binary. */
export type Launcher = readonly [string, ...string[]];

export interface RealStage extends Stage, AsyncDisposable {
  readonly home: string;
}

/** Runs commands as processes in a new, otherwise empty HOME. In what they print, that HOME reads `HOME`. */
export async function realStage(
  { files }: Transcript,
  launcher: Launcher,
  denoDir: string,
): Promise<RealStage> {
  const home = await Deno.makeTempDir({ prefix: "stakpak-test-" });
  for (const [path, text] of Object.entries(files)) {
    await Deno.mkdir(`${home}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true, mode: 0o700 });
    await Deno.writeTextFile(`${home}/${path}`, text, { mode: 0o600 });
  }
  const [program, ...flags] = launcher;
  return {
    home,
    async run({ args, env, stdin }) {
      const child = new Deno.Command(program, {
        args: [...flags, ...args],
        clearEnv: true,
        cwd: home,
        env: {
          HOME: home,
          PATH: Deno.env.get("PATH") ?? "",
          DENO_DIR: denoDir,
          DENO_NO_UPDATE_CHECK: "1",
          ...env,
        },
        stdin: "piped",
        stdout: "piped",
        stderr: "piped",
      }).spawn();
      const writer = child.stdin.getWriter();
      if (stdin !== undefined) await writer.write(new TextEncoder().encode(`${stdin}\n`)).catch(() => {});
      await writer.close().catch(() => {});
      const { code, stdout, stderr } = await child.output();
      const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).replaceAll(home, "HOME");
      return { out: text(stdout), err: text(stderr), exit: code };
    },
    async read(path) {
      return await Deno.readTextFile(`${home}/${path}`).catch(() => undefined);
    },
    [Symbol.asyncDispose]: () => Deno.remove(home, { recursive: true }),
  };
}
