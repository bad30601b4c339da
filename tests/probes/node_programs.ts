import { homedir } from "node:os";
import { join } from "node:path";
import { judge } from "./judge.ts";

/** A Node newer than may be here; it is a package like any other. */
const NODE = `node-linux-${Deno.build.arch === "aarch64" ? "arm64" : "x64"}`;
const NODE_VERSION = "24.21.0";

export interface NodePrograms {
  readonly folder: string;
  /** How one of their programs is started: what to start, and with which first words. */
  command(program: string): readonly [string, string];
}

/**
 * Packages of npm, as `NAME@VERSION`, with programs that judge what we do. Installed once per machine, outside the tree.
 * Gives `undefined` where npm or its registry is out of reach.
 */
export async function nodePrograms(
  name: string,
  packages: readonly string[],
): Promise<NodePrograms | undefined> {
  const node = await installed("node", [`${NODE}@${NODE_VERSION}`]);
  const folder = node && await installed(name, packages);
  if (!node || !folder) return undefined;
  return {
    folder,
    command: (
      program,
    ) => [join(node, "node_modules", NODE, "bin", "node"), join(folder, "node_modules", ".bin", program)],
  };
}

/** A rename at the end: runs at the same time do not meet. */
async function installed(name: string, packages: readonly string[]): Promise<string | undefined> {
  const cache = Deno.env.get("XDG_CACHE_HOME") || join(homedir(), ".cache");
  const parent = join(cache, "stakpak-tests");
  const folder = join(parent, `${name}-${packages.map((one) => one.replace(/^.*@/, "")).join("-")}`);
  if (await Deno.stat(folder).then(() => true, () => false)) return folder;
  await Deno.mkdir(parent, { recursive: true });
  const making = await Deno.makeTempDir({ dir: parent });
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=0"];
  const verdict = await judge("npm", ["install", "--prefix", making, ...flags, ...packages], { cwd: making });
  if (!verdict?.ok) {
    await Deno.remove(making, { recursive: true });
    return undefined;
  }
  await Deno.rename(making, folder).catch(() => Deno.remove(making, { recursive: true }));
  return folder;
}
