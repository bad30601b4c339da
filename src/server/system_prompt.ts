import type { ToolDescription } from "../domain/toolbox.ts";

/** The system prompt of one run: the base, and the tools that exist for it. Nothing of it is ever cut. */
export function systemPrompt(
  base: string,
  tools: readonly Pick<ToolDescription, "name" | "description">[],
): string {
  const list = tools.map(({ name, description }) => {
    const line = description.replace(/\s+/g, " ").trim();
    return line === "" ? `- ${name}` : `- ${name}: ${line}`;
  });
  const none = "None: nothing can be run or looked at in this session. Say so where it matters.";
  return [base.trim(), "## Available Tools", list.join("\n") || none].filter(Boolean).join("\n\n");
}
