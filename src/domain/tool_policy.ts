/**
 * Whether a call may be carried out. Judged for each call, in ring 0, on the full name.
 *
 * @module
 */

/** The stronger one wins: deny > ask > approve. */
export type ToolVerdict = "approve" | "ask" | "deny";

export interface ToolPolicy {
  /** Patterns of the tools that exist for the run. `undefined`: all of the sandbox's; empty: none. */
  readonly allowed: readonly string[] | undefined;
  /** Patterns of those that run without asking. `undefined`: the tools that only look. */
  readonly approve: "all" | "none" | readonly string[] | undefined;
}

export interface Judgement {
  readonly verdict: ToolVerdict;
  /** What decided, as people write it: `auto_approve has "view"`, `allowed_tools lacks it`. */
  readonly rule: string;
}
