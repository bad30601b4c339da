import { TOOL_NAMES, toolOf } from "../domain/tool_names.ts";

/**
 * The tools that run without asking, sorted: those that exist for the run (`allowed`; `undefined` means all) and
 * that `approved` lists. `undefined` there means the tools that only look.
 */
export function unaskedTools(
  allowed: readonly string[] | undefined,
  approved: "all" | "none" | readonly string[] | undefined,
): string[] {
  const listed = Array.isArray(approved) ? approved.map(toolOf) : undefined;
  return TOOL_NAMES.filter(({ name, available, otherwise }) => {
    if (!available || (allowed && !allowed.map(toolOf).includes(name))) return false;
    if (approved === "all" || approved === "none") return approved === "all";
    return listed ? listed.includes(name) : otherwise === "approve";
  }).map(({ name }) => name).sort();
}
