/**
 * Names below which anybody can have one of his own: a wildcard there lets out to everybody.
 *
 * @module
 */
import type { EgressRule } from "./egress_rule.ts";

const SHARED: readonly string[] = [
  "amazonaws.com",
  "appspot.com",
  "azureedge.net",
  "azurefd.net",
  "azurewebsites.net",
  "backblazeb2.com",
  "blogspot.com",
  "cloudapp.azure.com",
  "cloudfront.net",
  "cloudfunctions.net",
  "core.windows.net",
  "digitaloceanspaces.com",
  "firebaseapp.com",
  "firebaseio.com",
  "fly.dev",
  "github.io",
  "gitlab.io",
  "googleapis.com",
  "herokuapp.com",
  "netlify.app",
  "ngrok-free.app",
  "ngrok.io",
  "onrender.com",
  "pages.dev",
  "r2.cloudflarestorage.com",
  "r2.dev",
  "run.app",
  "supabase.co",
  "trycloudflare.com",
  "vercel.app",
  "wasabisys.com",
  "web.app",
  "workers.dev",
];
/** Those in which names of several parts are still everybody's: `*.s3.eu-west-1.amazonaws.com`. */
const SHARED_BELOW: readonly string[] = ["amazonaws.com", "core.windows.net", "googleapis.com"];
/** A network with fewer bits holds too much to be meant. */
const MIN_BITS = { 32: 8, 128: 16 } as const;

/** Why a rule opens more than whoever wrote it may think; `undefined` when it does not. Completes "RULE …". */
export function opensTooMuch(rule: EgressRule): string | undefined {
  if (rule.kind === "network") {
    const few = rule.bits.length < MIN_BITS[rule.width === 32 ? 32 : 128];
    return few ? `covers ${2 ** (rule.width - rule.bits.length)} addresses` : undefined;
  }
  if (!rule.below) return undefined;
  if (!rule.name.includes(".")) return `covers every name in .${rule.name}`;
  const isShared = SHARED.some((shared) => shared === rule.name || shared.endsWith(`.${rule.name}`)) ||
    SHARED_BELOW.some((shared) => rule.name.endsWith(`.${shared}`));
  return isShared ? `covers names that anybody can have below ${rule.name}` : undefined;
}
