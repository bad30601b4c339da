import { Argument, type Command } from "@commander-js/extra-typings";
import type { Start } from "./cli.ts";
import { examples, group, leaf } from "./leaf.ts";
import { removeSession } from "./sessions_delete.ts";
import { exportSession } from "./sessions_export.ts";
import { listSessions } from "./sessions_list.ts";
import { showSession } from "./sessions_show.ts";
import { wholeNumber } from "./whole_number.ts";

/** `sessions`: conversations, as they are kept. */
export function sessionsCommand(start: Start): Command {
  const id = () => new Argument("<id>", "a session, as the list names it");
  const list = leaf("list", "list sessions, the last used first")
    .option("--limit <n>", "so many", wholeNumber(1, 1000), 20)
    .option("--search <text>", "those with this in their title")
    .option("--json", "as JSON");
  const show = leaf("show", "show a session's conversation").addArgument(id());
  const exported = leaf("export", "write all of a session as one JSON document")
    .addArgument(id())
    .option("--output <file>", "to this file, mode 0600 (default: stdout)");
  const deleted = leaf("delete", "delete a session for good").addArgument(id())
    .option("--yes", "without asking");
  const sessions = group("sessions", "conversations of the agent, as they are kept").addHelpText(
    "after",
    examples("stakpak sessions list", "stakpak sessions export ID --output session.json"),
  );
  const commands = [
    start(list, listSessions),
    start(show, showSession),
    start(exported, exportSession),
    start(deleted, removeSession),
  ];
  for (const command of commands) sessions.addCommand(command as unknown as Command);
  return sessions;
}
