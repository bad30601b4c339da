import type { Server } from "../config/autopilot_schema.ts";
import { DEFAULT_LISTEN, isLoopback, type ListenAddress, listenText, parseListen } from "../config/listen.ts";
import { EXIT, UserError } from "../domain/error.ts";
import { quoted } from "../domain/printable.ts";

export interface ServeOptions {
  readonly listen?: string;
  readonly auth: boolean;
  readonly showToken?: true;
}

export interface ServeSettings {
  readonly at: ListenAddress;
  readonly withoutToken: boolean;
  readonly showToken: boolean;
}

/** Where and how to serve: as the command line says, else the file. Throws a `UserError` for what would let anybody in. */
export function serveSettings(options: ServeOptions, server: Server = {}): ServeSettings {
  const written = options.listen ?? server.listen ?? DEFAULT_LISTEN;
  const at = parseListen(written);
  if (!at) {
    throw new UserError(`Cannot serve: --listen is ${quoted(written)}, must be HOST:PORT`, {
      hint: `stakpak serve --listen ${DEFAULT_LISTEN}`,
      exitCode: EXIT.usage,
    });
  }
  const withoutToken = !options.auth || server.no_auth === true;
  if (withoutToken && !isLoopback(at)) {
    throw new UserError(
      `Cannot serve without a token on ${listenText(at)}: whoever reaches that address could do anything`,
      {
        hint: options.auth
          ? "remove no_auth = true under [server] in autopilot.toml, or listen on 127.0.0.1"
          : `leave --no-auth out, or: stakpak serve --no-auth --listen ${DEFAULT_LISTEN}`,
        exitCode: EXIT.usage,
      },
    );
  }
  return { at, withoutToken, showToken: options.showToken === true || server.show_token === true };
}
