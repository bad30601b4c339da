import { judge, type Verdict } from "../probes/judge.ts";
import { nodePrograms } from "../probes/node_programs.ts";

const PACKAGES = ["@modelcontextprotocol/conformance@0.1.16", "@modelcontextprotocol/inspector@2.12.0"];

/** Programs of the MCP project that judge clients and servers. */
export interface McpJudges {
  conformance(args: readonly string[]): Promise<Verdict>;
  inspector(args: readonly string[]): Promise<Verdict>;
}

/** Gives `undefined` where npm or its registry is out of reach. */
export async function mcpJudges(): Promise<McpJudges | undefined> {
  const programs = await nodePrograms("mcp-judges", PACKAGES);
  if (!programs) return undefined;
  const run = (program: string) => async (args: readonly string[]) => {
    const [node, script] = programs.command(program);
    const verdict = await judge(node, [script, ...args], { cwd: programs.folder });
    if (verdict === undefined) throw new Error(`${node} is gone: remove ${programs.folder}`);
    return verdict;
  };
  return { conformance: run("conformance"), inspector: run("inspector") };
}
