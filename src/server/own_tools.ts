import type { ToolDescription } from "../domain/toolbox.ts";
import { fullPattern } from "../domain/tool_pattern.ts";
import { TOOLS } from "../mcp/registry.ts";

/** Our own tools as every box of this version lists them: known before there is one. */
export function ownTools(): ToolDescription[] {
  return TOOLS.map(({ name, description, inputSchema }) => ({
    name: fullPattern(name),
    description,
    inputSchema,
  }));
}

/** Whether a tool, by its full name, is one of ours that changes nothing. */
export function onlyLooks(tool: string): boolean {
  return TOOLS.some(({ name, annotations }) => fullPattern(name) === tool && annotations.readOnlyHint);
}
