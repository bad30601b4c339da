import { type Toolbox, ToolboxGone, type ToolDescription } from "../domain/toolbox.ts";
import { shownTool } from "../domain/tool_pattern.ts";
import { TOOLS } from "./registry.ts";
import type { Tool, ToolAnnotations, ToolOutput } from "./tool.ts";

/** What is said of a tool that is not one of ours: the worst. */
const UNKNOWN: ToolAnnotations = {
  readOnlyHint: false,
  destructiveHint: true,
  idempotentHint: false,
  openWorldHint: true,
};
/** How a failure begins. */
const CODE = /^([A-Z][A-Z_]*)\n([^]*)$/;

/** Tools that are carried out elsewhere, under their bare names, for a server of this process to offer. */
export function proxiedTools(toolbox: Toolbox, listed: readonly ToolDescription[]): Tool[] {
  let calls = 0;
  return listed.map(({ name, description, inputSchema }): Tool => ({
    name: shownTool(name),
    description,
    inputSchema,
    annotations: TOOLS.find((tool) => tool.name === shownTool(name))?.annotations ?? UNKNOWN,
    async run(input, { signal, progress }) {
      try {
        const call = { id: `${++calls}`, name, input: input ?? {} };
        const { text, isError } = await toolbox.call(call, { signal, onProgress: progress });
        return isError ? failureIn(text) : { text };
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof ToolboxGone)) throw error;
        return { code: "SANDBOX_GONE", text: error.message };
      }
    },
  }));
}

function failureIn(text: string): ToolOutput {
  const [, code = "MCP_ERROR", sentence = text] = CODE.exec(text) ?? [];
  return { code, text: sentence };
}
