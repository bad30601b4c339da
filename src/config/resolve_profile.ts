// deno-lint-ignore-file camelcase -- the keys of the file are the users' words
/**
 * From a profile's name to what it changes about a run. Pure, and fails closed: a name that does not resolve
 * is an error, never "the defaults" (cli O-2).
 *
 * @module
 */
import { EXIT, UserError } from "../domain/error.ts";
import { nearest } from "../domain/nearest.ts";
import { mayShow, quotedName } from "../domain/printable.ts";
import type { RunOverrides } from "../domain/run.ts";
import { fullPattern } from "../domain/tool_pattern.ts";
import type { ConfigFile, Profile } from "./config_schema.ts";
import type { Loaded } from "./load.ts";
import { type ConfigProblem, partName, placeOf } from "./problem.ts";
import { DEFAULT_PROFILE, SHARED_PROFILE } from "./profile_names.ts";
import { tablesOf } from "./raw_tables.ts";
import { secretKeyNames } from "./secret_source.ts";

/** A profile with everything it inherits. */
export interface ResolvedProfile {
  readonly name: string;
  readonly profile: Profile;
  readonly overrides: RunOverrides;
  /** Full patterns of the tools that the profile may use at all; `undefined`: all of our own, empty: none. */
  readonly allowedTools: readonly string[] | undefined;
  /** The profile whose credentials count where this one has none. Absent: there is no other. */
  readonly lender?: Pick<ResolvedProfile, "name" | "profile">;
}

/**
 * Throws {@linkcode UserError} for a name that is unknown, reserved or broken in the file. `lender` is the profile that
 * the server runs under; where that does not resolve it lends nothing.
 */
export function resolveProfile(config: Loaded<ConfigFile>, name: string, lender = name): ResolvedProfile {
  if (name === SHARED_PROFILE) {
    throw cannotLoad(
      name,
      `it is reserved for what the other profiles inherit`,
      'use another name, such as "default"',
    );
  }
  for (const part of [[], ["profiles"], ["profiles", name], ["profiles", SHARED_PROFILE]]) {
    const problem = config.broken.get(partName(part));
    if (problem) throw brokenProfile(name, problem);
  }
  const named = ownProfile(config, name);
  if (!named) throw unknownProfile(config, name);
  const profile = inherit(named, ownProfile(config, SHARED_PROFILE) ?? {});
  const allowedTools = profile.allowed_tools && toolList(profile.allowed_tools);
  const other = lender === name ? undefined : tryResolveProfile(config, lender);
  return {
    name,
    profile,
    overrides: overridesOf(profile),
    allowedTools,
    ...(!other || other instanceof UserError ? {} : { lender: { name: lender, profile: other.profile } }),
  };
}

/** The profile, or why it does not resolve. */
export function tryResolveProfile(config: Loaded<ConfigFile>, name: string): ResolvedProfile | UserError {
  try {
    return resolveProfile(config, name);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

/** The names that can be used, sorted. Broken ones are among them. */
export function profileNames(config: Loaded<ConfigFile>): string[] {
  const names = new Set(tablesOf(config.raw, "profiles").map(([path]) => String(path.at(-1))));
  if (flatProfile(config.value)) names.add(DEFAULT_PROFILE);
  return [...names].filter((name) => name !== SHARED_PROFILE).sort();
}

function ownProfile({ value, exists }: Loaded<ConfigFile>, name: string): Profile | undefined {
  const profiles = value.profiles ?? {};
  if (Object.hasOwn(profiles, name)) return profiles[name];
  if (name !== DEFAULT_PROFILE) return undefined;
  // Before there is a file, the default profile is the empty one: everything asks first.
  return flatProfile(value) ?? (exists ? undefined : {});
}

/** The oldest format has no profiles: its keys stand at the top of the file. */
function flatProfile({ api_key, api_key_env, api_key_file, api_endpoint }: ConfigFile): Profile | undefined {
  const flat = Object.entries({ api_key, api_key_env, api_key_file, api_endpoint }).filter(([, value]) =>
    value !== undefined
  );
  return flat.length > 0 ? Object.fromEntries(flat) as Profile : undefined;
}

/** Key by key, lists and tables whole; only `providers` is a union. Source: spec §3.1.3. */
function inherit(named: Profile, shared: Profile): Profile {
  const family = secretKeyNames("api_key");
  const ownsKey = family.some((key) => named[key as keyof Profile] !== undefined);
  const inherited = Object.fromEntries(
    Object.entries(shared).filter(([key]) => !ownsKey || !family.includes(key)),
  );
  const legacy = ["smart_model", "eco_model", "recovery_model"];
  for (const key of legacy) delete inherited[key];
  const recent = named.recent_models?.length ? named.recent_models : shared.recent_models;
  return {
    ...inherited,
    ...named,
    ...(named.providers || shared.providers
      ? { providers: { ...shared.providers, ...named.providers } }
      : {}),
    ...(recent ? { recent_models: recent } : {}),
  };
}

function overridesOf(profile: Profile): RunOverrides {
  const model = [profile.model, profile.smart_model, profile.eco_model, profile.recovery_model].map((text) =>
    text?.trim()
  ).find(Boolean);
  const systemPrompt = profile.system_prompt?.trim();
  return {
    ...(model ? { model } : {}),
    ...(profile.auto_approve ? { autoApprove: toolList(profile.auto_approve) } : {}),
    ...(systemPrompt ? { systemPrompt } : {}),
    ...(profile.max_turns === undefined ? {} : { maxTurns: profile.max_turns }),
  };
}

/** Full patterns, no doubles, sorted. */
function toolList(names: readonly string[]): string[] {
  return [...new Set(names.map(fullPattern))].sort();
}

function cannotLoad(name: string, why: string, hint: string): UserError {
  return new UserError(`Cannot load profile ${quotedName(name)}: ${why}`, { hint, exitCode: EXIT.usage });
}

function brokenProfile(name: string, problem: ConfigProblem): UserError {
  const message = `Cannot load profile ${quotedName(name)} (${placeOf(problem)}): ${problem.message}`;
  return new UserError(message, { hint: problem.hint ?? "stakpak config validate", exitCode: EXIT.usage });
}

function unknownProfile(config: Loaded<ConfigFile>, name: string): UserError {
  const names = profileNames(config);
  if (!config.exists) {
    return cannotLoad(
      name,
      `${config.file} does not exist`,
      "stakpak doctor --only config_files",
    );
  }
  const guess = nearest(name, names);
  const has = names.length > 0 ? `it has ${names.map(quotedName).join(", ")}` : "it has no profiles";
  return cannotLoad(
    name,
    `${config.file} has no such profile, ${has}`,
    guess
      ? `did you mean ${quotedName(guess)}?`
      : `add [profiles.${/^[\w-]+$/.test(name) && mayShow(name) ? name : "NAME"}]`,
  );
}
