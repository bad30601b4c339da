import { describe, quoted } from "../domain/printable.ts";
import type { Inspection } from "../host/inspection.ts";
import { type AutopilotFile, autopilotSchema } from "./autopilot_schema.ts";
import { autopilotDeprecations } from "./deprecations.ts";
import type { Explained } from "./explain.ts";
import { isLoopback, parseListen } from "./listen.ts";
import { type FileKind, type Loaded, loadFile } from "./load.ts";
import { shortPath, type StatePaths } from "./paths.ts";
import { type KeyPath, keyText } from "./problem.ts";
import { doubledSecrets, isTable, type RawTable, tablesOf } from "./raw_tables.ts";

export const AUTOPILOT_KIND: FileKind<AutopilotFile> = {
  schema: autopilotSchema,
  separate: ["schedules", "channels"],
  check: (raw) => [
    ...autopilotDeprecations(raw),
    ...repeatedNames(raw),
    ...conflictingTurns(raw),
    ...unsafeServer(raw),
    ...emptyAllowlist(raw),
    ...doubledSecrets(raw),
  ],
};

/** Reads `autopilot.toml`. */
export function loadAutopilot(host: Inspection, paths: StatePaths): Promise<Loaded<AutopilotFile>> {
  return loadFile(host, paths.autopilot, shortPath(paths.autopilot, paths.home), AUTOPILOT_KIND);
}

function wrong(path: KeyPath, message: string, hint: string): Explained {
  return { severity: "error", path, key: keyText(path), message, hint };
}

function repeatedNames(raw: unknown): Explained[] {
  const first = new Map<string, KeyPath>();
  return tablesOf(raw, "schedules").flatMap(([path, { name }]) => {
    if (typeof name !== "string") return [];
    const earlier = first.get(name);
    if (!earlier) {
      first.set(name, path);
      return [];
    }
    const message = `${keyText(path)}.name is ${quoted(name)} like ${keyText(earlier)}, must be unique`;
    return [wrong([...path, "name"], message, "give one of them another name")];
  });
}

function conflictingTurns(raw: unknown): Explained[] {
  return tablesOf(raw, "schedules").filter(([, schedule]) =>
    "max_turns" in schedule && "max_steps" in schedule
  )
    .map(([path]) =>
      wrong(
        [...path, "max_steps"],
        `${keyText(path)} has both max_turns and max_steps, must have one`,
        "remove max_steps",
      )
    );
}

/** What would open the machine to others is refused when read, not when used. */
function unsafeServer(raw: unknown): Explained[] {
  const server: RawTable = isTable(raw) && isTable(raw.server) ? raw.server : {};
  const listen = typeof server.listen === "string" ? parseListen(server.listen) : undefined;
  if (server.no_auth === true && listen && !isLoopback(listen)) {
    const message = `server.no_auth is true while server.listen is ${
      describe(server.listen)
    }, must be a loopback address then`;
    return [wrong(["server", "no_auth"], message, 'remove no_auth, or set listen = "127.0.0.1:4096"')];
  }
  if (server.host_tools === true && tablesOf(raw, "channels").length > 0) {
    const message =
      "server.host_tools is true while channels are configured, must be false then: a chat message would reach this machine's shell";
    return [wrong(["server", "host_tools"], message, "remove host_tools, or the channels")];
  }
  return [];
}

function emptyAllowlist(raw: unknown): Explained[] {
  const gateway: RawTable = isTable(raw) && isTable(raw.gateway) ? raw.gateway : {};
  const list = gateway.approval_allowlist;
  if (gateway.approval_mode !== "allowlist" || (Array.isArray(list) && list.length > 0)) return [];
  const message = 'gateway.approval_allowlist is empty, must list tools when approval_mode is "allowlist"';
  return [wrong(["gateway", "approval_mode"], message, 'approval_allowlist = ["view"]')];
}
