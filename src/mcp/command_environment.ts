import type { Inspection } from "../host/inspection.ts";

/** Of the server's own environment, what a command may know; nothing else of it reaches one. */
const HANDED_ON = [
  "PATH",
  "HOME",
  "USER",
  "LANG",
  "HTTPS_PROXY",
  "HTTP_PROXY",
  "NO_PROXY",
  "STAKPAK_PROFILE",
  "STAKPAK_API_ENDPOINT",
] as const;

/** Where there is no `node`, Deno puts itself in its place for what it starts; a command shall not take it for one. */
const NODE_OF_DENO = /(?<=^|:)[^:]*\/node_compat_bin(?::|$)/g;

/** The environment of a command: nobody is there to answer its questions. */
export function commandEnvironment(host: Inspection): Record<string, string> {
  const known = HANDED_ON.flatMap((name) => {
    const value = name === "PATH" ? host.env(name)?.replace(NODE_OF_DENO, "") : host.env(name);
    if (value === undefined || value === "") return [];
    // curl reads `http_proxy` in small letters alone, others the capital ones.
    return [[name, value], ...(name.endsWith("_PROXY") ? [[name.toLowerCase(), value]] : [])];
  });
  return {
    ...Object.fromEntries(known),
    DEBIAN_FRONTEND: "noninteractive",
    SUDO_ASKPASS: "/bin/false",
  };
}
