/**
 * Whether a call may be carried out. Judged for each call, in ring 0, on the full name.
 *
 * @module
 */
import { mayShow } from "./printable.ts";
import { TOOL_NAMES } from "./tool_names.ts";
import { fullPattern, isOwnTool, matchesTool, shownTool } from "./tool_pattern.ts";

/** The stronger one wins: deny > ask > approve. */
export type ToolVerdict = "approve" | "ask" | "deny";

export interface ToolPolicy {
  /** Patterns of the tools that exist for the run. `undefined`: all of our own server's; empty: none. */
  readonly allowed: readonly string[] | undefined;
  /** Patterns of those that run without asking. `undefined`: our own tools that only look. */
  readonly approve: "all" | "none" | readonly string[] | undefined;
}

export interface Judgement {
  readonly verdict: ToolVerdict;
  /** What decided, as people write it: `auto_approve has "view"`, `allowed_tools lacks "create"`. */
  readonly rule: string;
}

/** Judges a call of `tool`. `tools`: the full names of all that the run's toolbox lists. */
export function judge(policy: ToolPolicy, tool: string, tools: readonly string[]): Judgement {
  if (!tools.includes(tool)) return { verdict: "deny", rule: "there is no such tool" };
  const shown = shownTool(tool);
  if (!isAllowed(policy, tool)) return { verdict: "deny", rule: `allowed_tools lacks "${shown}"` };
  const { approve } = policy;
  if (approve === "all") return { verdict: "approve", rule: 'auto_approve is "all"' };
  if (approve === "none") return { verdict: "ask", rule: 'auto_approve is "none"' };
  if (approve === undefined) {
    return onlyLooks(tool)
      ? { verdict: "approve", rule: `auto_approve is not set, and "${shown}" only looks` }
      : { verdict: "ask", rule: `auto_approve is not set, and "${shown}" may change something` };
  }
  const pattern = approve.find((one) => matchesTool(one, tool));
  return pattern === undefined
    ? { verdict: "ask", rule: `auto_approve lacks "${shown}"` }
    : { verdict: "approve", rule: `auto_approve has "${shownTool(fullPattern(pattern))}"` };
}

/** Whether a tool, by its full name, exists for a run. Those of other servers have to be named. */
export function isAllowed({ allowed }: ToolPolicy, tool: string): boolean {
  return allowed ? allowed.some((pattern) => matchesTool(pattern, tool)) : isOwnTool(tool);
}

/** What to do so that `tool` runs without asking under that profile: `add "run_command" to auto_approve of [profiles.ops]`. */
export function allowingRule(policy: ToolPolicy, tool: string, profile: string): string {
  if (isAllowed(policy, tool) && policy.approve === "none") {
    return 'leave out auto_approve = "none" of the request';
  }
  const key = isAllowed(policy, tool) ? "auto_approve" : "allowed_tools";
  const name = /^[\w-]+$/.test(profile) && mayShow(profile) ? profile : "NAME";
  return `add "${shownTool(tool)}" to ${key} of [profiles.${name}]`;
}

function onlyLooks(tool: string): boolean {
  return TOOL_NAMES.some(({ name, available, otherwise }) =>
    available && otherwise === "approve" && fullPattern(name) === tool
  );
}
