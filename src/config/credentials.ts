/**
 * Which model providers a profile has credentials for, and where each comes from. Never a value: `readSecret`
 * fetches that at use.
 *
 * What the user wrote is what counts: a key that is written but empty, unset or unreadable is not replaced by
 * another one further down. Source: spec §3.1.3, the order of provider credentials.
 *
 * @module
 */
import type { Inspection } from "../host/inspection.ts";
import type { Profile, Provider, ProviderAuth } from "./config_schema.ts";
import { keyText } from "./problem.ts";
import { type SecretSource, sourceOf } from "./secret_source.ts";

export interface Credential {
  /** As in a model's id: `anthropic`, `stakpak`, or the NAME of `[providers.NAME]`. */
  readonly provider: string;
  readonly type: Provider["type"];
  /** Absent for a `custom` address that is used without a key. */
  readonly source?: SecretSource;
  /** The key of the profile, or the variable: `providers.anthropic.api_key`, `$ANTHROPIC_API_KEY`. */
  readonly setIn: string;
  /** It is the access token of a login, which ends at `expires` (milliseconds since 1970) where that is known. */
  readonly login?: { readonly expires?: number };
}

/** Providers of the Rust implementation that this one does not speak to. */
export const FOREIGN_PROVIDERS: readonly Provider["type"][] = ["amazon-bedrock", "github-copilot"];

const NAMED_BY_TYPE = ["anthropic", "openai", "gemini", "openrouter"] as const;

/** Tables that old files have directly in the profile. */
const LEGACY = ["openai", "anthropic", "gemini"] as const;

/** Every provider that `profile` (with what it inherits) has a credential for, Stakpak first. */
export function credentialsOf(profile: Profile, host: Pick<Inspection, "env">): Credential[] {
  const found = new Map<string, Credential>();
  const add = (credential: Credential | undefined) => {
    if (credential && !found.has(credential.provider)) found.set(credential.provider, credential);
  };
  const providers = Object.entries(profile.providers ?? {}).filter(([, { type }]) =>
    !FOREIGN_PROVIDERS.includes(type)
  );
  add(fromVariable("stakpak", "stakpak", "STAKPAK_API_KEY", host));
  add(written("stakpak", "stakpak", profile, []));
  for (const [name, table] of providers) add(written(name, table.type, table, ["providers", name]));
  for (const name of LEGACY) add(written(name, name, profile[name] ?? {}, [name]));
  for (const [provider, { type }] of providers) {
    if (type === "custom") add({ provider, type, setIn: keyText(["providers", provider]) });
    else add(fromVariable(provider, type, variableOf(type), host));
  }
  for (const name of NAMED_BY_TYPE) add(fromVariable(name, name, variableOf(name), host));
  return [...found.values()];
}

/** `auth`, then `api_key`, then `access_token` of one table. */
function written(
  provider: string,
  type: Provider["type"],
  table: Readonly<Record<string, unknown>>,
  path: string[],
): Credential | undefined {
  const auth = table.auth as ProviderAuth | undefined;
  const candidates: [Readonly<Record<string, unknown>>, string[], string, Credential["login"]?][] = [
    ...(auth ? [ofAuth(auth, [...path, "auth"])] : []),
    [table, path, "api_key"],
    [table, path, "access_token", {}],
  ];
  for (const [holder, at, key, login] of candidates) {
    const source = sourceOf(holder, key);
    if (source) return { provider, type, source, setIn: keyText([...at, key]), ...(login ? { login } : {}) };
  }
  return undefined;
}

function ofAuth(auth: ProviderAuth, at: string[]): [ProviderAuth, string[], string, Credential["login"]?] {
  if (auth.type === "api") return [auth, at, "key"];
  return [auth, at, "access", auth.expires === undefined ? {} : { expires: auth.expires }];
}

function fromVariable(
  provider: string,
  type: Provider["type"],
  name: string,
  host: Pick<Inspection, "env">,
): Credential | undefined {
  if (!host.env(name)?.trim()) return undefined;
  return { provider, type, source: { from: "environment", name }, setIn: `$${name}` };
}

/** `ANTHROPIC_API_KEY`, `OPENAI_API_KEY`, … */
function variableOf(type: Provider["type"]): string {
  return `${type.toUpperCase()}_API_KEY`;
}
