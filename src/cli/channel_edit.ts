import { AUTOPILOT_KIND } from "../config/autopilot_file.ts";
import { addChannel, removeChannel, setDefaultTarget } from "../config/channel_edits.ts";
import { CHANNEL_TYPES, type ChannelType } from "../config/channel_schema.ts";
import { editFile } from "../config/edit_file.ts";
import { shortPath } from "../config/paths.ts";
import { resolveProfile } from "../config/resolve_profile.ts";
import { EXIT, type ExitCode, UserError } from "../domain/error.ts";
import { channelTokens } from "./channel_tokens.ts";
import type { Cli } from "./cli.ts";
import type { GlobalOptions } from "./leaf.ts";

/** The flags of `channel add`; the token flags are read by {@linkcode channelTokens}. */
export interface ChannelOptions extends GlobalOptions {
  readonly target?: string;
}

/** `channel add TYPE`: adds a channel, or changes what is named of one that is there. */
export async function addOneChannel(cli: Cli, options: ChannelOptions, type: ChannelType): Promise<ExitCode> {
  const { host, paths, terminal } = cli;
  const shown = shortPath(paths.autopilot, paths.home);
  const before = (await cli.loadAutopilot()).value.channels?.[type];
  if (options.target?.trim() === "") {
    throw new UserError("Cannot use --target: it is blank, must be a chat", { exitCode: EXIT.usage });
  }
  const profile = options.profile ?? before?.profile ?? cli.profile;
  resolveProfile(await cli.loadConfig(), profile);
  if (!options.profile && !before?.profile) {
    terminal.note(`Using profile "${profile}" (override with --profile)`);
  }
  const tokens = await channelTokens(cli, type, { ...options }, before ?? {});
  await editFile(host, paths.autopilot, shown, AUTOPILOT_KIND, (document) => {
    const added = addChannel(document, type, { ...tokens, profile });
    return options.target ? setDefaultTarget(added, type, options.target.trim()) : added;
  });
  terminal.print(`Channel ${type} ${before ? "changed in" : "added to"} ${shown}`);
  if (options.target) terminal.print(`Default notification target set for ${type}: ${options.target.trim()}`);
  const after = (await cli.loadAutopilot()).value.channels?.[type];
  if (after && !after.open && !after.allowed_users && !after.allowed_chats) {
    terminal.note(
      `note: nobody may use it yet; add allowed_users = ["…"] under [channels.${type}] in ${shown}`,
    );
  }
  return EXIT.ok;
}

/** `channel remove TYPE` */
export async function removeOneChannel(cli: Cli, _: GlobalOptions, type: ChannelType): Promise<ExitCode> {
  const { host, paths, terminal } = cli;
  const shown = shortPath(paths.autopilot, paths.home);
  await editFile(host, paths.autopilot, shown, AUTOPILOT_KIND, (document) => removeChannel(document, type));
  terminal.print(`Channel ${type} removed from ${shown}`);
  const variables = CHANNEL_TYPES.find((known) => known.type === type)!.tokens.map(({ variable }) =>
    variable
  );
  const set = variables.filter((variable) => host.env(variable));
  if (set.length > 0) terminal.note(`note: ${set.join(" and ")} is still set in this shell`);
  return EXIT.ok;
}
