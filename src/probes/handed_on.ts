import { ENVIRONMENT_NAMES } from "../domain/environment.ts";
import type { ProbeContext } from "./probe.ts";

const OURS = [
  "STAKPAK_API_KEY",
  "STAKPAK_API_ENDPOINT",
  "STAKPAK_AGENT_IMAGE",
  "STAKPAK_PROFILE",
  "STAKPAK_RUN_DIR",
];

/**
 * The variables that `service.env` hands on where they are set: keys, addresses, Docker's, and those that the
 * two files name. Sorted.
 */
export function handedOn({ config, autopilot }: Pick<ProbeContext, "config" | "autopilot">): string[] {
  const known = ENVIRONMENT_NAMES.filter(({ name, secret }) =>
    secret || name.startsWith("DOCKER_") || name.endsWith("_BASE_URL")
  );
  const named = [...namedIn(config.value), ...namedIn(autopilot.value)];
  return [...new Set([...known.map(({ name }) => name), ...OURS, ...named])].sort();
}

/** Every `{ from: "environment", name }` of a loaded file. */
function namedIn(value: unknown): string[] {
  if (value === null || typeof value !== "object") return [];
  const { from, name } = value as { from?: unknown; name?: unknown };
  if (from === "environment" && typeof name === "string") return [name];
  return Object.values(value).flatMap(namedIn);
}
