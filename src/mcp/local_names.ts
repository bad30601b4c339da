/**
 * Against DNS rebinding: a web page whose name is made to point at this machine is still known by that name.
 *
 * @module
 */

const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;

/** Whether a request's `Host` names this machine, and so does its `Origin` where it has one. */
export function namesThisMachine(
  headers: { host?: string | undefined; origin?: string | undefined },
): boolean {
  const { host, origin } = headers;
  if (host === undefined || !LOCAL.test(host)) return false;
  return origin === undefined || LOCAL.test(origin.replace(/^https?:\/\//i, ""));
}
