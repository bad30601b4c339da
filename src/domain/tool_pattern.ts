/**
 * How people name tools: in full, `paks__search`; bare, which means one of our own server; with `*` for any letters.
 *
 * A pattern is two, one for the server and one for its tool, so that `a*__view` never reaches `b__view` of a server
 * `a`. Nothing is cut from a name: a tool of another server is not ours because it is called like one (O-28).
 *
 * @module
 */

/** Our own server, in the box or on the host. */
export const OWN_SERVER = "stakpak";
/** Stakpak's own server in the network. */
export const PAKS_SERVER = "paks";
const OWN_PREFIX = `${OWN_SERVER}__`;

/** Whether a tool, by its full name, is one of our own server. */
export function isOwnTool(tool: string): boolean {
  return tool.startsWith(OWN_PREFIX) && tool.length > OWN_PREFIX.length;
}

/** The full pattern: `view` becomes `stakpak__view`, as `__x` and `x__` do, which name no server. */
export function fullPattern(written: string): string {
  const text = written.trim();
  return partsOf(text) ? text : OWN_PREFIX + text;
}

/** A name or pattern as people write it: without the server where it is ours. */
export function shownTool(name: string): string {
  const bare = isOwnTool(name) ? name.slice(OWN_PREFIX.length) : name;
  return fullPattern(bare) === name ? bare : name;
}

/** What is wrong with a pattern, going on after "KEY is VALUE, "; `undefined` for one that can be used. */
export function checkPattern(written: string): string | undefined {
  const text = written.trim();
  if (text === "") return "must not be blank";
  if (text.includes("::")) {
    return "must name a tool as a whole: rules for single commands (run_command::git) are not available here";
  }
  if (/^[\w.*/-]{1,200}$/.test(text)) return undefined;
  return 'must be the name of a tool, such as "view" or "paks__*"';
}

/** Whether a pattern may mean tools of `server`, whatever they are called. */
export function meansServer(pattern: string, server: string): boolean {
  const parts = partsOf(fullPattern(pattern));
  return parts !== undefined && matches(parts.server, server);
}

/** Whether a pattern, however it is written, means the tool of that full name. */
export function matchesTool(pattern: string, tool: string): boolean {
  const [wanted, named] = [partsOf(fullPattern(pattern)), partsOf(tool)];
  return wanted !== undefined && named !== undefined &&
    matches(wanted.server, named.server) && matches(wanted.tool, named.tool);
}

function partsOf(name: string): { server: string; tool: string } | undefined {
  const at = name.indexOf("__");
  if (at < 1 || at + 2 >= name.length) return undefined;
  return { server: name.slice(0, at), tool: name.slice(at + 2) };
}

/** In time that grows with the length of both, whatever they are. */
function matches(pattern: string, name: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return pattern === name;
  const last = rest.pop() ?? "";
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) {
    return false;
  }
  const end = name.length - last.length;
  let at = first.length;
  for (const piece of rest) {
    const found = name.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}
