import type { Cli } from "./cli.ts";

/** Whether `path` is a file that stakpak itself needs: a slip of the hand must not cost the configuration. */
export async function isOwnFile(
  { host, paths }: Pick<Cli, "host" | "paths">,
  path: string,
): Promise<boolean> {
  const own = [paths.config, paths.autopilot, paths.token, paths.database];
  const real = await host.realPath(path);
  if (real === undefined) return own.includes(path);
  return (await Promise.all(own.map((file) => host.realPath(file)))).includes(real);
}
