/**
 * Against DNS rebinding and requests of web pages: a page whose name is made to point at this server is still known by
 * that name.
 *
 * @module
 */

const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether `Host` is a name of this machine's own, or one of `hosts` (without ports; IPv6 addresses without brackets). */
export function namesServer(host: string | undefined, hosts: readonly string[]): boolean {
  const [, name] = HOST.exec(host?.toLowerCase() ?? "") ?? [];
  if (name === undefined) return false;
  return LOOPBACK.test(name) || hosts.some((own) => bracketed(own.toLowerCase()) === name);
}

function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

/** Whether a request comes from a page of this very server, or from no page at all. */
export function fromHere(
  { host, origin, site }: { host: string; origin: string | undefined; site: string | undefined },
): boolean {
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  if (origin === undefined) return true;
  if (!URL.canParse(origin) || !URL.canParse(`http://${host}`)) return false;
  const { protocol, host: from } = new URL(origin);
  return /^https?:$/.test(protocol) && from === new URL(`${protocol}//${host}`).host;
}
