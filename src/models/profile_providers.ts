/**
 * The providers that a profile can ask: those it has a credential for.
 *
 * @module
 */
import { type Credential, credentialsOf } from "../config/credentials.ts";
import type { Profile } from "../config/config_schema.ts";
import { keyText } from "../config/problem.ts";
import type { ResolvedProfile } from "../config/resolve_profile.ts";
import type { Inspection } from "../host/inspection.ts";
import type { ModelProvider } from "./provider.ts";
import { PROVIDERS } from "./registry.ts";

export interface ProfileProvider {
  /** Before the slash of a model's id: `anthropic`, or the NAME of `[providers.NAME]`. */
  readonly name: string;
  readonly provider: ModelProvider;
  readonly credential: Credential;
  readonly address: { readonly text: string; readonly setIn: string };
  /** The profile that has it. Absent: the one that asks. */
  readonly lentBy?: string;
}

/**
 * What a profile (with what it inherits) can ask, in the order of the registry, and behind that what its lender can in
 * addition. A key goes to the address of the profile that has it, so a provider is lent whole or not at all.
 */
export function profileProviders(
  { profile, lender }: Pick<ResolvedProfile, "profile" | "lender">,
  host: Pick<Inspection, "env">,
): ProfileProvider[] {
  const own = ownProviders(profile, host);
  const lent = lender ? ownProviders(lender.profile, host) : [];
  const has = (name: string) => providerNamed(name, own) !== undefined || saysSomethingOf(name, profile);
  return [
    ...own,
    ...lent.filter(({ name }) => !has(name)).map((one) => ({ ...one, lentBy: lender!.name })),
  ];
}

function ownProviders(profile: Profile, host: Pick<Inspection, "env">): ProfileProvider[] {
  const credentials = credentialsOf(profile, host);
  return PROVIDERS.flatMap((provider) =>
    credentials.filter(({ type }) => type === provider.type).map((credential) => ({
      name: credential.provider,
      provider,
      credential,
      address: addressOf(credential.provider, provider, profile, host),
    }))
  );
}

/** That of a name; `google` and `gemini` are one. */
export function providerNamed(
  name: string,
  providers: readonly ProfileProvider[],
): ProfileProvider | undefined {
  return namesOf(name).map((one) => providers.find((provider) => provider.name === one)).find(Boolean);
}

function namesOf(name: string): readonly string[] {
  return name === "google" ? ["google", "gemini"] : name === "gemini" ? ["gemini", "google"] : [name];
}

function addressOf(
  name: string,
  { id, address, addressVariable, variableWins }: ModelProvider,
  profile: Profile,
  host: Pick<Inspection, "env">,
): ProfileProvider["address"] {
  const variable = addressVariable === undefined ? undefined : {
    text: host.env(addressVariable)?.trim(),
    setIn: `$${addressVariable}`,
  };
  const tables = [["providers", name], ...(id === "stakpak" ? [[]] : [[name]])];
  const written = tables.map((path) => ({
    text: endpointAt(profile, path),
    setIn: keyText([...path, "api_endpoint"]),
  }));
  const candidates = variableWins ? [variable, ...written] : [...written, variable];
  const found = candidates.find((candidate) => candidate?.text);
  return { text: found?.text ?? address ?? "", setIn: found?.setIn ?? "its own address" };
}

/** Tables that old files have directly in the profile. */
const LEGACY_TABLES: ReadonlySet<string> = new Set(["openai", "anthropic", "gemini"]);

/** Whether a profile writes about a provider: what it lacks there is a mistake, not a wish for another's. */
function saysSomethingOf(name: string, profile: Profile): boolean {
  if (name === "stakpak" && profile.api_endpoint !== undefined) return true;
  return namesOf(name).some((one) =>
    Object.hasOwn(profile.providers ?? {}, one) || LEGACY_TABLES.has(one) && Object.hasOwn(profile, one)
  );
}

function endpointAt(profile: Profile, path: readonly string[]): string | undefined {
  const table = path.reduce<unknown>(
    (at, name) => (at as Record<string, unknown> | undefined)?.[name],
    profile,
  );
  return (table as { readonly api_endpoint?: string } | undefined)?.api_endpoint;
}
