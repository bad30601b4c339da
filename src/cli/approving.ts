import { resolveProfile } from "../config/resolve_profile.ts";
import { unaskedTools } from "../config/unasked_tools.ts";
import { EXIT, UserError } from "../domain/error.ts";
import { nearest } from "../domain/nearest.ts";
import { quoted, quotedName } from "../domain/printable.ts";
import { TOOL_NAMES } from "../domain/tool_names.ts";
import { checkPattern, fullPattern, isOwnTool, matchesTool } from "../domain/tool_pattern.ts";
import { isAllowed } from "../domain/tool_policy.ts";
import type { Cli } from "./cli.ts";
import { readAutopilot } from "./read_autopilot.ts";

/**
 * `auto_approve` of the profile meant, and `names` with it. `undefined`: all are approved anyway. Rejects with a
 * `UserError` (exit 2) for what is no tool, and for one that the profile does not allow.
 */
export async function approving(cli: Cli, names: readonly string[]): Promise<readonly string[] | undefined> {
  const { overrides, allowedTools: allowed } = resolveProfile(await cli.loadConfig(), cli.profile);
  const { value: { server } } = await readAutopilot(cli);
  for (const name of names) mayApprove(name, allowed, cli.profile);
  const approve = overrides.autoApprove ?? (server?.auto_approve_all ? "all" : undefined);
  if (approve === "all") return undefined;
  return [...(Array.isArray(approve) ? approve : unaskedTools({ allowed, approve })), ...names];
}

function mayApprove(name: string, allowed: readonly string[] | undefined, profile: string): void {
  const cannot = (why: string, hint: string) =>
    new UserError(`Cannot use --approve ${quoted(name)}: ${why}`, { hint, exitCode: EXIT.usage });
  const wrong = checkPattern(name);
  if (wrong !== undefined) throw cannot(`it ${wrong}`, "--approve run_command");
  const pattern = fullPattern(name);
  // Tools of other servers are known by what they list.
  if (!isOwnTool(pattern)) return;
  const here = TOOL_NAMES.filter(({ available }) => available).map((tool) => tool.name);
  const meant = here.map(fullPattern).filter((tool) => matchesTool(pattern, tool));
  if (meant.length === 0) {
    const guess = nearest(name, here);
    throw cannot("there is no such tool", guess ? `did you mean ${quoted(guess)}?` : "see docs/tools.md");
  }
  if (meant.some((tool) => isAllowed({ allowed, approve: undefined }, tool))) return;
  throw cannot(
    `allowed_tools of the profile ${quotedName(profile)} lacks it`,
    `add it to allowed_tools of [profiles.${profile}], or leave --approve ${name} out`,
  );
}
