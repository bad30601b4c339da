import project from "../deno.json" with { type: "json" };
import { permissionFlags } from "../src/cli/permissions.ts";

/** The flags of `deno run` under which the program runs where no `deno.json` is near: the permission table's and no other. */
export function programFlags(): string[] {
  const unstable = project.unstable.map((name) => `--unstable-${name}`);
  return ["--quiet", "--no-config", "--cached-only", ...unstable, ...permissionFlags()];
}
