/**
 * Changes to the channels of `autopilot.toml`, by type. Pure: a document in, a document out.
 *
 * @module
 */
import { EXIT, UserError } from "../domain/error.ts";
import { nearest } from "../domain/nearest.ts";
import { CHANNEL_TYPES, type ChannelType } from "./channel_schema.ts";
import { withGatewayUrl } from "./notification_route.ts";
import { isTable } from "./raw_tables.ts";
import { secretKeyNames } from "./secret_source.ts";
import type { TomlDocument } from "./toml_document.ts";
import type { TomlEntries } from "./toml_value.ts";

/**
 * Writes `keys` (`bot_token`, `token_file`, `profile`, …) into `[channels.TYPE]`; what stands there already stays
 * (cli O-82). A credential replaces the same credential given in another way.
 */
export function addChannel(document: TomlDocument, type: ChannelType, keys: TomlEntries): TomlDocument {
  const path = ["channels", type];
  const families = CHANNEL_TYPES.find((channel) => channel.type === type)!.tokens.map(({ key }) =>
    secretKeyNames(key)
  );
  const given = Object.keys(keys).filter((key) => keys[key] !== undefined);
  const rivals = families.filter((family) => family.some((key) => given.includes(key))).flat()
    .filter((key) => !given.includes(key));
  const cleared = rivals.reduce((rest, key) => rest.unset([...path, key]), document);
  return cleared.putTable(path, keys);
}

/** Removes a channel, also one that is wrong or of a type that we do not know. */
export function removeChannel(document: TomlDocument, type: string): TomlDocument {
  const channels = document.at(["channels"]);
  const types = isTable(channels) ? Object.keys(channels) : [];
  if (types.includes(type)) return document.removeTable(["channels", type]);
  const known = types.filter((name) => CHANNEL_TYPES.some((channel) => channel.type === name));
  const has = known.length > 0 ? `it has ${known.join(", ")}` : "it has none";
  const guess = nearest(type, known);
  throw new UserError(
    `Cannot remove channel ${JSON.stringify(type)}: ${document.file} has no such channel, ${has}`,
    { hint: guess ? `did you mean "${guess}"?` : "stakpak autopilot channel list", exitCode: EXIT.usage },
  );
}

/** Sends the notices of schedules that name no other place to `target` in the channel. */
export function setDefaultTarget(document: TomlDocument, type: ChannelType, target: string): TomlDocument {
  const routed = document.set(["notifications", "channel"], type).set(["notifications", "target"], target);
  return withGatewayUrl(routed.unset(["notifications", "chat_id"]));
}
