/**
 * The address of an API: `address` as people write it, with `path` behind it. One that ends with `path` already is
 * taken as it is. `version` is put between where `address` names none.
 */
export function apiUrl(address: URL, path: string, version: string): string {
  const url = new URL(address);
  url.hash = "";
  const base = folderOf(address);
  if (!base.endsWith(path)) url.pathname = `${base}${version}${path}`;
  return url.href;
}

/** The path of an address without slashes at its end: empty where there is none. */
export function folderOf({ pathname }: URL): string {
  return pathname.replace(/\/+$/, "");
}
