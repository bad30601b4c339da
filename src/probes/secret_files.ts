import type { ProbeContext } from "./probe.ts";

/** Every file that the two files name as holding a credential, as written: `*_file`, and `[secrets] files`. */
export function secretFilesOf({ config, autopilot }: Pick<ProbeContext, "config" | "autopilot">): string[] {
  const listed = autopilot.value.secrets?.files ?? [];
  return [...new Set([...namedIn(config.value), ...namedIn(autopilot.value), ...listed])];
}

/** Every `{ from: "file", path }` of a loaded file. */
function namedIn(value: unknown): string[] {
  if (value === null || typeof value !== "object") return [];
  const { from, path } = value as { from?: unknown; path?: unknown };
  if (from === "file" && typeof path === "string") return [path];
  return Object.values(value).flatMap(namedIn);
}
