import { expandHome } from "./paths.ts";

/** One bind mount or named volume, as the user wrote it. */
export interface Mount {
  /** A path of this machine with `~` expanded, or the name of a volume. */
  readonly host: string;
  readonly container: string;
  readonly access: "ro" | "rw";
  /** A volume that docker keeps; there is no path to judge. */
  readonly named: boolean;
}

/** `HOST:CONTAINER`, `HOST:CONTAINER:ro`; `undefined` when it is neither. */
export function parseMount(text: string, home: string): Mount | undefined {
  const match = /^([^:]+):(\/[^:]*)(?::(ro|rw))?$/.exec(text.trim());
  if (!match) return undefined;
  const [, host, container, access] = match as unknown as [string, string, string, "ro" | "rw" | undefined];
  return { host: expandHome(host, home), container, access: access ?? "rw", named: isVolumeName(host) };
}

/** Whether the host side of a mount is a volume's name: it has no slash and does not start with `.` or `~`. */
export function isVolumeName(host: string): boolean {
  return !host.includes("/") && !/^[.~]/.test(host);
}
