import { TOOL_NAMES } from "../domain/tool_names.ts";
import { fullPattern, isOwnTool, shownTool } from "../domain/tool_pattern.ts";
import { judge, type ToolPolicy } from "../domain/tool_policy.ts";

/**
 * The tools that run without asking, as people write them, sorted. Those of other servers are known by their patterns
 * alone.
 */
export function unaskedTools({ allowed, approve }: ToolPolicy): string[] {
  const own = TOOL_NAMES.filter(({ available }) => available).map(({ name }) => fullPattern(name));
  const unasked = own.filter((tool) => judge({ allowed, approve }, tool, own).verdict === "approve");
  return [...unasked.map(shownTool), ...unaskedElsewhere({ allowed, approve })].sort();
}

function unaskedElsewhere({ allowed, approve }: ToolPolicy): string[] {
  const elsewhere = (patterns: readonly string[]) =>
    patterns.map(fullPattern).filter((pattern) => !isOwnTool(pattern));
  const offered = elsewhere(allowed ?? []);
  if (approve === "all") return offered;
  return offered.length > 0 && Array.isArray(approve) ? elsewhere(approve) : [];
}
