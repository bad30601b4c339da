import type { Command } from "@commander-js/extra-typings";
import type { Cli, Start } from "./cli.ts";
import { examples, type GlobalOptions, leaf } from "./leaf.ts";
import type { ServeOptions } from "./serve_settings.ts";

/** `serve`: sessions, runs and approvals over HTTP. */
export function serveCommand(start: Start): Command {
  const serve = leaf("serve", "serve the HTTP API until it is ended")
    .option("--listen <address>", "HOST:PORT (default: [server].listen, or 127.0.0.1:4096)")
    .option("--no-auth", "ask for no token; on this machine's own addresses alone")
    .option("--show-token", "print the token that clients need")
    .addHelpText("after", WORDS)
    .addHelpText("after", examples("stakpak serve", "stakpak serve --listen 127.0.0.1:5000"));
  return start(serve, serveApi) as unknown as Command;
}

/** Loaded when it is meant: it needs nearly all there is. */
async function serveApi(cli: Cli, options: GlobalOptions & ServeOptions): Promise<number> {
  return await (await import("./serve_api.ts")).serveApi(cli, options);
}

const WORDS = `
The API is described at /v1/openapi.json. Clients show the token: stakpak token.
An interrupt (SIGTERM) ends the runs, tells those who follow events, and closes.`;
