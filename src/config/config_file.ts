import type { Inspection } from "../host/inspection.ts";
import { type ConfigFile, configSchema } from "./config_schema.ts";
import { configDeprecations } from "./deprecations.ts";
import type { Explained } from "./explain.ts";
import { type FileKind, type Loaded, loadFile } from "./load.ts";
import { shortPath, type StatePaths } from "./paths.ts";
import { keyText } from "./problem.ts";
import { doubledSecrets, tablesOf } from "./raw_tables.ts";
import { toolNameChecks } from "./tool_name_checks.ts";

export const CONFIG_KIND: FileKind<ConfigFile> = {
  schema: configSchema,
  separate: ["profiles"],
  check: (raw) => [
    ...configDeprecations(raw),
    ...removedKeys(raw),
    ...toolNameChecks(raw),
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
