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

/** Rooms whose leaves have folders of their own. */
const LEAF_FOLDERS = /^src\/(mcp\/tools|models\/(apis|providers))\/(?=[^/]+$)/;

/** `src/probes/memory.ts` → `probes`, `main.ts` → `main`; `undefined` for what is in no room. */
export function roomOf(path: string): string | undefined {
  if (path === "main.ts") return "main";
  const folder = LEAF_FOLDERS.exec(path)?.[1];
  return folder?.split("/")[0] ?? /^src\/([^/]+)\/[^/]+$/.exec(path)?.[1];
}

/** What a relative specifier in `from` names, from the checkout; `undefined` for a package or a built-in module. */
export function resolve(from: string, specifier: string): string | undefined {
  if (!/^\.\.?\//.test(specifier)) return undefined;
  return new URL(specifier, `file:///${from}`).pathname.slice(1);
}
