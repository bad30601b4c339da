/**
 * From a model's id to the provider that is asked for it.
 *
 * @module
 */
import { FOREIGN_PROVIDERS } from "../config/credentials.ts";
import type { ResolvedProfile } from "../config/resolve_profile.ts";
import { EXIT, UserError } from "../domain/error.ts";
import { nearest } from "../domain/nearest.ts";
import { quotedName } from "../domain/printable.ts";
import type { Inspection } from "../host/inspection.ts";
import { knownModel } from "./catalogue.ts";
import { type ProfileProvider, profileProviders, providerNamed } from "./profile_providers.ts";
import { PROVIDERS } from "./registry.ts";

export interface PlacedModel {
  readonly of: ProfileProvider;
  /** As the provider calls it. */
  readonly model: string;
}

/**
 * `provider/model`, split at the first slash. A bare name goes to the provider that is known for it, else to a Stakpak
 * account, else to the profile's first provider. Throws {@linkcode UserError}.
 */
export function placeModel(
  id: string,
  resolved: ResolvedProfile,
  host: Pick<Inspection, "env">,
): PlacedModel {
  const text = id.trim();
  if (!/^[^\s\p{C}]{1,200}$/u.test(text)) {
    throw cannotUse(id, 'it must be a name such as "anthropic/claude-sonnet-4-5"', "stakpak model list");
  }
  const providers = profileProviders(resolved, host);
  const cut = text.indexOf("/");
  if (cut < 0) return placeBare(text, resolved, providers);
  const [name, model] = [text.slice(0, cut), text.slice(cut + 1)];
  if (name === "" || model === "") {
    throw cannotUse(id, "one side of its first slash is empty", "stakpak model list");
  }
  const of = providerNamed(name, providers);
  if (of) return { of, model };
  const throughStakpak = providerNamed("stakpak", providers);
  const kind = kindOf(name, resolved);
  if (throughStakpak && kind) return { of: throughStakpak, model: `${kind.id}/${model}` };
  throw notThere(text, name, resolved, providers);
}

function placeBare(
  text: string,
  resolved: ResolvedProfile,
  providers: readonly ProfileProvider[],
): PlacedModel {
  const known = knownModel(text)?.provider;
  const named = known && providerNamed(known, providers);
  if (named) return { of: named, model: text };
  const throughStakpak = providerNamed("stakpak", providers);
  if (known && throughStakpak) return { of: throughStakpak, model: `${known}/${text}` };
  const [first] = providers;
  if (first) return { of: first, model: text };
  throw cannotUse(
    text,
    `profile ${quotedName(resolved.name)} has no provider with a key`,
    keyHint(known ?? "anthropic", resolved),
  );
}

/** The kind that everybody calls so, and that an account of Stakpak has as well. */
function kindOf(name: string, { profile }: ResolvedProfile): { readonly id: string } | undefined {
  // A table of that name says how it is reached: without its key it is not reached in another way.
  if (Object.hasOwn(profile.providers ?? {}, name)) return undefined;
  return PROVIDERS.find(({ id, type }) =>
    ["anthropic", "openai", "google"].includes(id) && [id, type].includes(name)
  );
}

function notThere(
  text: string,
  name: string,
  resolved: ResolvedProfile,
  providers: readonly ProfileProvider[],
): UserError {
  const type = resolved.profile.providers?.[name]?.type;
  if (FOREIGN_PROVIDERS.includes(type ?? name as typeof FOREIGN_PROVIDERS[number])) {
    return cannotUse(
      text,
      `${type ?? name} is not spoken by this implementation`,
      'use another provider, or an OpenAI-compatible gateway in front of it (type = "custom")',
    );
  }
  const kind = PROVIDERS.find(({ id, type }) => id !== "custom" && [id, type as string].includes(name));
  if (type || kind) {
    const why = `profile ${quotedName(resolved.name)} has no key for ${quotedName(name)}`;
    return cannotUse(text, why, keyHint(name, resolved));
  }
  const names = providers.map((provider) => provider.name);
  const has = names.length > 0 ? `it has ${names.map(quotedName).join(", ")}` : "it has none with a key";
  const guess = nearest(name, [...names, ...PROVIDERS.map(({ id }) => id)]);
  const hint = guess
    ? `did you mean ${quotedName(`${guess}/${text.slice(name.length + 1)}`)}?`
    : names.includes("openrouter")
    ? `a model of OpenRouter is written ${quotedName(`openrouter/${text}`)}`
    : "stakpak model list";
  return cannotUse(
    text,
    `profile ${quotedName(resolved.name)} has no provider ${quotedName(name)}, ${has}`,
    hint,
  );
}

function keyHint(name: string, { name: profile }: ResolvedProfile): string {
  const kind = PROVIDERS.find(({ id, type }) => id !== "custom" && [id, type as string].includes(name));
  const table = `[profiles.${/^[\w-]+$/.test(profile) ? profile : "NAME"}.providers.${
    kind?.type ?? (/^[\w-]+$/.test(name) ? name : "NAME")
  }]`;
  return kind ? `set ${kind.type.toUpperCase()}_API_KEY, or add ${table}` : `write its key into ${table}`;
}

function cannotUse(id: string, why: string, hint: string): UserError {
  return new UserError(`Cannot use the model ${quotedName(id)}: ${why}`, { hint, exitCode: EXIT.usage });
}
