import { Argument, type Command } from "@commander-js/extra-typings";
import { approveCalls, rejectCalls } from "./approvals_decide.ts";
import { listApprovals, showApproval } from "./approvals_list.ts";
import type { Start } from "./cli.ts";
import { examples, group, leaf } from "./leaf.ts";

/** `approvals`: calls that wait for people. */
export function approvalsCommand(start: Start): Command {
  const ids = () => new Argument("<id...>", "calls, as the list names them: call_0123456789ab");
  const list = leaf("list", "list the calls that wait, the oldest first")
    .option("--all", "those that were decided, too, the newest first")
    .option("--json", "as JSON");
  const show = leaf("show", "show all of a call").addArgument(new Argument("<id>", "a call"))
    .option("--json", "as JSON");
  const approve = leaf("approve", "let calls be carried out").addArgument(ids());
  const reject = leaf("reject", "refuse calls").addArgument(ids())
    .option("--reason <text>", "why: the model is told");
  const approvals = group("approvals", "calls of tools that wait for people").addHelpText(
    "after",
    examples(
      "stakpak approvals list",
      "stakpak approvals approve call_0123456789ab",
      "stakpak approvals reject call_0123456789ab --reason 'not on Fridays'",
    ),
  );
  const commands = [
    start(list, listApprovals),
    start(show, showApproval),
    start(approve, approveCalls),
    start(reject, rejectCalls),
  ];
  for (const command of commands) approvals.addCommand(command as unknown as Command);
  return approvals;
}
