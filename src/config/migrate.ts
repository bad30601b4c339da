/**
 * The guide's "Recommended migration", step 1 and 2: inline `model` and `auto_approve` of a channel become a
 * named profile. Pure: two documents in, two documents out.
 *
 * @module
 */
import { EXIT, UserError } from "../domain/error.ts";
import { describe } from "../domain/printable.ts";
import { TOOL_NAMES } from "../domain/tool_names.ts";
import { CHANNEL_TYPES } from "./channel_schema.ts";
import { keyText } from "./problem.ts";
import { isTable, type RawTable } from "./raw_tables.ts";
import { DEFAULT_PROFILE, SHARED_PROFILE } from "./profile_names.ts";
import type { TomlDocument } from "./toml_document.ts";
import type { TomlEntries } from "./toml_value.ts";

export interface Migration {
  /** `config.toml` and `autopilot.toml` as they should be; the documents that came in when there is nothing to do. */
  readonly config: TomlDocument;
  readonly autopilot: TomlDocument;
  /** What changes and what that means, a sentence each; empty when there is nothing to do. */
  readonly steps: readonly string[];
}

const INLINE_KEYS = ["model", "auto_approve"];

/** Throws {@linkcode UserError} when an inline value is not one that a profile can hold. */
export function planMigration(config: TomlDocument, autopilot: TomlDocument): Migration {
  const old = CHANNEL_TYPES.map(({ type }) => [type, autopilot.at(["channels", type])] as const);
  return old.reduce<Migration>((plan, [type, channel]) => {
    if (!isTable(channel) || !INLINE_KEYS.some((key) => key in channel)) return plan;
    return "profile" in channel ? dropped(plan, type, channel) : moved(plan, type, channel);
  }, { config, autopilot, steps: [] });
}

/** A channel with a profile: the inline values have no effect (config guide, "Backward compatibility"). */
function dropped(plan: Migration, type: string, channel: RawTable): Migration {
  const step = `channels.${type}: remove ${inlineKeys(channel)}, ignored beside profile = ${
    describe(channel.profile)
  }`;
  return { ...plan, autopilot: withoutInline(plan.autopilot, type), steps: [...plan.steps, step] };
}

function moved(plan: Migration, type: string, channel: RawTable): Migration {
  const profiles = plan.config.at(["profiles"]);
  const name = freeName(type, isTable(profiles) ? profiles : {});
  const entries: TomlEntries = {
    ...("model" in channel ? { model: modelOf(plan.autopilot, type, channel.model) } : {}),
    ...("auto_approve" in channel
      ? { auto_approve: toolsOf(plan.autopilot, type, channel.auto_approve) }
      : {}),
  };
  return {
    config: plan.config.putTable(["profiles", name], entries),
    autopilot: withoutInline(plan.autopilot.set(["channels", type, "profile"], name), type),
    steps: [
      ...plan.steps,
      `channels.${type}: move ${inlineKeys(channel)} to the new profile "${name}"`,
      ...listNote(name, channel.auto_approve),
      ...inheritanceNote(plan.config, name),
    ],
  };
}

function withoutInline(document: TomlDocument, type: string): TomlDocument {
  return INLINE_KEYS.reduce((rest, key) => rest.unset(["channels", type, key]), document);
}

function inlineKeys(channel: RawTable): string {
  return INLINE_KEYS.filter((key) => key in channel).join(" and ");
}

function freeName(type: string, profiles: RawTable): string {
  if (!Object.hasOwn(profiles, type)) return type;
  let number = 2;
  while (Object.hasOwn(profiles, `${type}-${number}`)) number++;
  return `${type}-${number}`;
}

function modelOf(document: TomlDocument, type: string, value: unknown): string {
  if (typeof value === "string" && value.trim() !== "") return value;
  throw cannotMigrate(document, type, "model", value, 'a text such as "anthropic/claude-sonnet-4-5"');
}

/** A profile only has lists: `"none"` is the empty one, `"all"` names every tool there is now. */
function toolsOf(document: TomlDocument, type: string, value: unknown): readonly string[] {
  if (value === "none") return [];
  if (value === "all") return TOOL_NAMES.filter(({ available }) => available).map(({ name }) => name);
  if (Array.isArray(value) && value.every((tool) => typeof tool === "string")) return value;
  throw cannotMigrate(document, type, "auto_approve", value, 'a list of tools, "all" or "none"');
}

function listNote(name: string, tools: unknown): string[] {
  if (tools === "none") return [`profiles.${name}: auto_approve = "none" is written as the empty list`];
  if (tools !== "all") return [];
  return [
    `profiles.${name}: auto_approve = "all" is written as the list of every tool; shorten it if you can`,
  ];
}

/** Until now the channel ran under the default profile; a new one inherits from `[profiles.all]` only. */
function inheritanceNote(config: TomlDocument, name: string): string[] {
  const before = config.at(["profiles", DEFAULT_PROFILE]);
  const keys = Object.keys(isTable(before) ? before : {}).filter((key) => !INLINE_KEYS.includes(key));
  if (keys.length === 0) return [];
  const left = keys.map((key) => keyText([key])).join(", ");
  return [
    `profiles.${name}: it inherits from profiles.${SHARED_PROFILE}, not from profiles.${DEFAULT_PROFILE}; ` +
    `copy what it should keep of ${left}`,
  ];
}

function cannotMigrate(document: TomlDocument, type: string, key: string, value: unknown, wanted: string) {
  const path = ["channels", type, key];
  const message = `Cannot migrate ${keyText(path)} (${document.placeOf(path)}): it is ${describe(value)}`;
  return new UserError(`${message}, must be ${wanted}`, {
    hint: "correct it, or remove the line",
    exitCode: EXIT.usage,
  });
}
