import { homedir } from "node:os";
import { join } from "node:path";
import { judge, type Verdict } from "../probes/judge.ts";

const CONFORMANCE = "@modelcontextprotocol/conformance@0.1.16";
const INSPECTOR = "@modelcontextprotocol/inspector@2.12.0";
/** They want a newer Node than may be here; this one is a package like any other. */
const NODE = `node-linux-${Deno.build.arch === "aarch64" ? "arm64" : "x64"}@24.9.0`;

/** Programs of the MCP project that judge clients and servers. */
export interface McpJudges {
  conformance(args: readonly string[]): Promise<Verdict>;
  inspector(args: readonly string[]): Promise<Verdict>;
}

/** Gives `undefined` where npm or its registry is out of reach. */
export async function mcpJudges(): Promise<McpJudges | undefined> {
  const folder = await installed();
  if (folder === undefined) return undefined;
  const node = join(folder, "node_modules", NODE.replace(/@[^@]*$/, ""), "bin", "node");
  const run = (script: string) => async (args: readonly string[]) => {
    const verdict = await judge(node, [join(folder, "node_modules", ".bin", script), ...args], {
      cwd: folder,
    });
    if (verdict === undefined) throw new Error(`${node} is gone: remove ${folder}`);
    return verdict;
  };
  return { conformance: run("conformance"), inspector: run("inspector") };
}

/** Installs once per machine, outside the tree. A rename at the end: runs at the same time do not meet. */
async function installed(): Promise<string | undefined> {
  const cache = Deno.env.get("XDG_CACHE_HOME") || join(homedir(), ".cache");
  const parent = join(cache, "stakpak-tests");
  const packages = [NODE, CONFORMANCE, INSPECTOR];
  const folder = join(parent, `mcp-judges-${packages.map((name) => name.replace(/^.*@/, "")).join("-")}`);
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
