/**
 * Every tool name a profile may mention, in one list.
 *
 * A name in a profile is either one of these (then we know whether it exists here) or a typo.
 *
 * @module
 */
import { fullPattern } from "./tool_pattern.ts";

/** What happens to a tool when a profile says nothing about it. */
export type ToolDefault = "approve" | "ask";

export interface ToolName {
  readonly name: string;
  /** Whether this implementation offers it. The others exist only in the Rust one, or only on its server. */
  readonly available: boolean;
  readonly otherwise: ToolDefault;
}

const here = (name: string, otherwise: ToolDefault): ToolName => ({ name, available: true, otherwise });
const elsewhere = (name: string, otherwise: ToolDefault): ToolName => ({ name, available: false, otherwise });

/** Source: `channels-and-mcp` spec §2.2. */
export const TOOL_NAMES: readonly ToolName[] = [
  here("run_command", "ask"),
  here("run_command_task", "ask"),
  here("get_all_tasks", "approve"),
  here("get_task_details", "approve"),
  here("cancel_task", "ask"),
  here("wait_for_tasks", "approve"),
  here("view", "approve"),
  here("create", "ask"),
  here("str_replace", "ask"),
  here("remove", "ask"),
  here("generate_password", "approve"),
  here("view_web_page", "ask"),
  elsewhere("run_remote_command", "ask"),
  elsewhere("run_remote_command_task", "ask"),
  elsewhere("ask_user", "ask"),
  elsewhere("search_docs", "approve"),
  elsewhere("search_memory", "approve"),
  elsewhere("load_skill", "approve"),
  elsewhere("read_rulebook", "approve"),
  elsewhere("read_rulebooks", "approve"),
  elsewhere("local_code_search", "approve"),
  elsewhere("slack_read_messages", "ask"),
  elsewhere("slack_read_replies", "ask"),
  elsewhere("slack_send_message", "ask"),
  elsewhere("dynamic_subagent_task", "ask"),
  elsewhere("resume_subagent_task", "ask"),
  elsewhere("generate_code", "ask"),
  elsewhere("create_file", "ask"),
  elsewhere("edit_file", "ask"),
  elsewhere("delete_file", "ask"),
];

/** Tools that can change something; approving one without asking is worth a warning. */
export const MUTATING_TOOLS: ReadonlySet<string> = new Set([
  "run_command",
  "run_command_task",
  "create",
  "str_replace",
  "remove",
]);

/** The tool of our own server that a name means, however it is written: `view`, `stakpak__view`. */
export function knownTool(written: string): ToolName | undefined {
  const name = fullPattern(written);
  return TOOL_NAMES.find((tool) => fullPattern(tool.name) === name);
}
