import { nearest } from "../domain/nearest.ts";
import { quoted } from "../domain/printable.ts";
import { knownTool, TOOL_NAMES } from "../domain/tool_names.ts";
import type { Inspection } from "../host/inspection.ts";
import { type ConfigFile, configSchema } from "./config_schema.ts";
import { configDeprecations } from "./deprecations.ts";
import type { Explained } from "./explain.ts";
import { type FileKind, type Loaded, loadFile } from "./load.ts";
import { shortPath, type StatePaths } from "./paths.ts";
import { keyText } from "./problem.ts";
import { doubledSecrets, tablesOf } from "./raw_tables.ts";

export const CONFIG_KIND: FileKind<ConfigFile> = {
  schema: configSchema,
  separate: ["profiles"],
  check: (raw) => [
    ...configDeprecations(raw),
    ...removedKeys(raw),
    ...toolNames(raw),
    ...doubledSecrets(raw),
  ],
};

/** Reads `config.toml`. */
export function loadConfig(host: Inspection, paths: StatePaths): Promise<Loaded<ConfigFile>> {
  return loadFile(host, paths.config, shortPath(paths.config, paths.home), CONFIG_KIND);
}

/** Keys that the Rust implementation refuses too: they changed what was sent to the provider. */
function removedKeys(raw: unknown): Explained[] {
  return tablesOf(raw, "profiles").flatMap(([base, profile]) =>
    [
      [profile, base] as const,
      ...tablesOf(profile, "providers", base).map(([at, table]) => [{ openai: table }, at] as const),
    ]
      .flatMap(([holder, at]) => {
        const openai = (holder as Record<string, unknown>).openai;
        if (openai === null || typeof openai !== "object") return [];
        return ["custom_headers", "use_responses_api"].filter((key) => key in openai).map(
          (key): Explained => {
            const path = at === base ? [...at, "openai", key] : [...at, key];
            return {
              severity: "error",
              path,
              key: keyText(path),
              message: `${keyText(path)} was removed, must not be set`,
              hint: "remove the line",
            };
          },
        );
      })
  );
}

/** Tool names that are typos, and those that only the Rust implementation has. */
function toolNames(raw: unknown): Explained[] {
  return tablesOf(raw, "profiles").flatMap(([base, profile]) =>
    ["allowed_tools", "auto_approve"].flatMap((list) => {
      const names = profile[list];
      return Array.isArray(names)
        ? names.flatMap((name, index) => toolName([...base, list, index], name))
        : [];
    })
  );
}

function toolName(path: (string | number)[], name: unknown): Explained[] {
  const tool = typeof name === "string" ? knownTool(name) : undefined;
  if (typeof name !== "string" || tool?.available) return [];
  const key = keyText(path);
  if (tool) {
    return [{
      severity: "warning",
      path,
      key,
      message: `${key}: the tool "${tool.name}" is not available here, the name has no effect`,
    }];
  }
  const guess = nearest(name, TOOL_NAMES.filter((known) => known.available).map((known) => known.name));
  const message = `${key}: there is no tool ${quoted(name)}, the name has no effect`;
  return [{
    severity: "warning",
    path,
    key,
    message,
    hint: guess ? `did you mean "${guess}"?` : "see docs/configuration.md for the tools",
  }];
}
