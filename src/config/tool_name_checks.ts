import { nearest } from "../domain/nearest.ts";
import { quoted } from "../domain/printable.ts";
import { knownTool, TOOL_NAMES } from "../domain/tool_names.ts";
import {
  checkPattern,
  fullPattern,
  isOwnTool,
  matchesTool,
  meansServer,
  PAKS_SERVER,
} from "../domain/tool_pattern.ts";
import type { Explained } from "./explain.ts";
import { keyText } from "./problem.ts";
import { tablesOf } from "./raw_tables.ts";

/**
 * Names in profiles that no tool has: typos, tools that only the Rust implementation has, servers that are not there.
 * What is no name at all is the schema's to refuse.
 */
export function toolNameChecks(raw: unknown): Explained[] {
  return tablesOf(raw, "profiles").flatMap(([base, profile]) =>
    ["allowed_tools", "auto_approve"].flatMap((list) => {
      const names = profile[list];
      if (!Array.isArray(names)) return [];
      return names.flatMap((name: unknown, index) => {
        if (typeof name !== "string" || checkPattern(name) !== undefined) return [];
        const path = [...base, list, index];
        const key = keyText(path);
        const wrong = concern(name);
        return wrong
          ? [{ severity: "warning" as const, path, key, ...wrong, message: `${key}: ${wrong.message}` }]
          : [];
      });
    })
  );
}

function concern(name: string): Pick<Explained, "message" | "hint"> | undefined {
  const pattern = fullPattern(name);
  const available = TOOL_NAMES.filter((tool) => tool.available).map((tool) => tool.name);
  if (available.some((tool) => matchesTool(pattern, fullPattern(tool)))) return undefined;
  if (!isOwnTool(pattern)) {
    if (meansServer(pattern, PAKS_SERVER)) return undefined;
    const hint = `tools of our own have a bare name, such as "view"; the one other server is ${PAKS_SERVER}`;
    return { message: `there is no server with tools such as ${quoted(name)}, the name has no effect`, hint };
  }
  const tool = knownTool(name);
  if (tool) return { message: `the tool "${tool.name}" is not available here, the name has no effect` };
  const guess = nearest(name, available);
  const hint = guess ? `did you mean "${guess}"?` : "see docs/configuration.md for the tools";
  return { message: `there is no tool ${quoted(name)}, the name has no effect`, hint };
}
