import { DEFAULT_LISTEN, loopbackUrl, parseListen } from "./listen.ts";
import type { TomlDocument } from "./toml_document.ts";

/**
 * Adds `[notifications] gateway_url`, the address of this machine's own server, where it is missing: we do not
 * need it, but the Rust implementation reads no `[notifications]` without it (spec §3.2.4).
 */
export function withGatewayUrl(document: TomlDocument): TomlDocument {
  const path = ["notifications", "gateway_url"];
  if (document.at(path) !== undefined) return document;
  const listen = document.at(["server", "listen"]);
  const address = typeof listen === "string" ? parseListen(listen) : undefined;
  return document.set(path, loopbackUrl(address ?? parseListen(DEFAULT_LISTEN)!));
}
