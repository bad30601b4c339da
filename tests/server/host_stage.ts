import { statePaths } from "../../src/config/paths.ts";
import { denoHost } from "../../src/host/deno_host.ts";
import type { Host } from "../../src/host/host.ts";
import { launcher } from "../cli/launcher.ts";

/** This machine, with a home of the test's own, and this program as it is started here. */
export interface HostStage extends AsyncDisposable {
  readonly host: Host;
  readonly home: string;
  readonly run: string;
  readonly paths: ReturnType<typeof statePaths>;
  /** Folders of processes that have tools. */
  instances(): Promise<string[]>;
}

export async function hostStage(files: Readonly<Record<string, string>> = {}): Promise<HostStage> {
  const home = await Deno.realPath(await Deno.makeTempDir({ prefix: "h-" }));
  const run = `${home}/r`;
  const { command, denoDir } = launcher();
  const real = denoHost(["env", `DENO_DIR=${denoDir}`, ...command]);
  const env: Record<string, string> = { HOME: home, STAKPAK_RUN_DIR: run, LANG: "C.UTF-8" };
  const host: Host = { ...real, env: (name) => name === "PATH" ? real.env(name) : env[name] };
  const paths = statePaths(host);
  await Deno.mkdir(paths.state, { recursive: true });
  for (const [name, text] of Object.entries(files)) await Deno.writeTextFile(`${paths.state}/${name}`, text);
  return {
    host,
    home,
    run,
    paths,
    instances: async () =>
      (await Array.fromAsync(Deno.readDir(run))).map(({ name }) => name).filter((name) => name !== "lock"),
    [Symbol.asyncDispose]: () => Deno.remove(home, { recursive: true }),
  };
}
