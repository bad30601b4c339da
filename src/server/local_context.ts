/**
 * What is said of the place where tools run, asked by calls of our own tools there: whoever used it before may have
 * written all of it. Ring 0 opens nothing of it itself.
 *
 * @module
 */
import type { Toolbox } from "../domain/toolbox.ts";
import { fullPattern } from "../domain/tool_pattern.ts";
import type { WorkspaceItem } from "./session_tools.ts";
import { nearestFile, readNearest, SYSTEM_DETAILS } from "./workspace_commands.ts";

const DEADLINE_MS = 10_000;

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
  const file = async (...names: string[]) =>
    nearestFile(await ask("run_command", { command: readNearest(names) }), names);
  const text = (name: string, content: string | undefined) => content ? { name, content } : undefined;
  const items = await Promise.all([
    file("AGENTS.md", "agents.md"),
    file("APPS.md", "apps.md"),
    ask("run_command", { command: SYSTEM_DETAILS }).then((said) => text("system details", said)),
    ask("view", { path: "." }).then((said) => text("working folder", said)),
  ]);
  return items.filter((item) => item !== undefined);
}
