import type { Profile } from "../config/config_schema.ts";
import type { Inspection } from "../host/inspection.ts";
import { isSafeAddress } from "../models/address.ts";
import { stakpak } from "../models/providers/stakpak.ts";

/**
 * Where `paks` is: `<api endpoint>/v1/paks/mcp`, the endpoint being the variable's, the profile's or Stakpak's own; or
 * what is wrong with it. A key goes over https, or to this machine.
 */
export function paksAddress(
  { api_endpoint: written, providers }: Profile,
  host: Pick<Inspection, "env">,
): { readonly url: string } | { readonly wrong: string } {
  const endpoint = host.env("STAKPAK_API_ENDPOINT")?.trim() || providers?.stakpak?.api_endpoint || written ||
    stakpak.address!;
  const url = URL.parse(endpoint);
  if (!url || !/^https?:$/.test(url.protocol)) return { wrong: "its address is none of the web" };
  if (url.username || url.password) return { wrong: "its address has a password in it" };
  if (!isSafeAddress(url)) {
    return { wrong: "its address is http, must be https: a key would be sent for all to read" };
  }
  const base = url.pathname.replace(/\/+$/, "").replace(/\/v1$/, "");
  return { url: `${url.origin}${base}/v1/paks/mcp` };
}
