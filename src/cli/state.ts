import { Argument, type Command } from "@commander-js/extra-typings";
import type { Start } from "./cli.ts";
import { examples, group, leaf } from "./leaf.ts";
import { backUpState } from "./state_backup.ts";
import { checkState } from "./state_check.ts";

/** `state`: the file that keeps sessions, runs, events, approvals and the audit log. */
export function stateCommand(start: Start): Command {
  const backup = leaf("backup", "copy the store into a new file, also while a server runs")
    .addArgument(new Argument("[file]", "a new file (default: one in ~/.stakpak/autopilot/backups)"))
    .addHelpText("after", examples("stakpak state backup", "stakpak state backup /mnt/backup/stakpak.db"));
  const check = leaf("check", "read all of the store and say whether it is whole")
    .option("--json", "as JSON")
    .addHelpText("after", examples("stakpak state check"))
    .addHelpText("after", "\nExits 0 when it is whole, 1 when it is damaged.");
  const state = group("state", "the file that keeps sessions, runs, events, approvals and the audit log")
    .addHelpText("after", examples("stakpak state backup", "stakpak state check"));
  for (const command of [start(backup, backUpState), start(check, checkState)]) {
    state.addCommand(command as unknown as Command);
  }
  return state;
}
