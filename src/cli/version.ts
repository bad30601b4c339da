import type { Command } from "@commander-js/extra-typings";
import { EXIT } from "../domain/error.ts";
import type { Start } from "./cli.ts";
import { leaf } from "./leaf.ts";

/** `stakpak version`: the version and where the source is. */
export function versionCommand(start: Start): Command {
  return start(leaf("version", "print the version and where the source is"), ({ terminal, version }) => {
    terminal.print(`stakpak v${version} (https://github.com/stakpak/agent)`);
    return EXIT.ok;
  }) as unknown as Command;
}
