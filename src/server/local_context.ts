/**
 * What is said of the place where tools run, asked by calls of our own tools there: whoever used it before may have
 * written all of it. Ring 0 opens nothing of it itself.
 *
 * @module
 */
import type { Toolbox } from "../domain/toolbox.ts";
import { fullPattern } from "../domain/tool_pattern.ts";
import type { WorkspaceItem } from "./session_tools.ts";
import { apart, nearestFile, readNearest, SYSTEM_DETAILS, together } from "./workspace_commands.ts";

const DEADLINE_MS = 10_000;
const AGENTS = ["AGENTS.md", "agents.md"];
const APPS = ["APPS.md", "apps.md"];
const COMMANDS = [readNearest(AGENTS), readNearest(APPS), SYSTEM_DETAILS];

/** What could be learnt; an item that cannot be had is left out. Rejects with the signal's reason alone. */
export async function localContext(
  tools: Pick<Toolbox, "call">,
  signal: AbortSignal,
): Promise<WorkspaceItem[]> {
  const ask = async (tool: string, input: unknown): Promise<string | undefined> => {
    try {
      const call = { id: "workspace", name: fullPattern(tool), input };
      const { text, isError } = await tools.call(call, { signal, deadlineMs: DEADLINE_MS });
      return isError ? undefined : text.trim();
    } catch {
      signal.throwIfAborted();
      return undefined;
    }
  };
  const run = (command: string) => ask("run_command", { command });
  const text = (name: string, content: string | undefined) => content ? { name, content } : undefined;
  const [said, folder] = await Promise.all([run(together(COMMANDS)), ask("view", { path: "." })]);
  // Two long files do not come in one answer.
  const each = said === undefined ? [] : apart(said, COMMANDS.length) ?? await Promise.all(COMMANDS.map(run));
  const [agents, apps, details] = each;
  const items = [
    nearestFile(agents, AGENTS),
    nearestFile(apps, APPS),
    text("system details", details),
    text("working folder", folder),
  ];
  return items.filter((item) => item !== undefined);
}
