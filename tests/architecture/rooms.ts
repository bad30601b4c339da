/** The rooms in their order: a file imports its own room, or rooms to the left. Source: DESIGN §4. */
export const ROOMS = [
  "domain",
  "host",
  "config",
  "secrets",
  "channels",
  "models",
  "mcp",
  "warden",
  "sandbox",
  "agent",
  "server",
  "probes",
  "autopilot",
  "cli",
  "main",
] as const;

/** Rooms whose leaves have a folder of their own. */
const LEAF_FOLDERS = "mcp/tools";

/** `src/probes/memory.ts` → `probes`, `main.ts` → `main`; `undefined` for what is in no room. */
export function roomOf(path: string): string | undefined {
  if (path === "main.ts") return "main";
  const inFolder = path.startsWith(`src/${LEAF_FOLDERS}/`) ? path.replace("/tools/", "/") : path;
  return /^src\/([^/]+)\/[^/]+$/.exec(inFolder)?.[1];
}

/** What a relative specifier in `from` names, from the checkout; `undefined` for a package or a built-in module. */
export function resolve(from: string, specifier: string): string | undefined {
  if (!/^\.\.?\//.test(specifier)) return undefined;
  return new URL(specifier, `file:///${from}`).pathname.slice(1);
}
