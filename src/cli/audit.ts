import { type Command, Option } from "@commander-js/extra-typings";
import type { AuditRecord } from "../server/records.ts";
import { listAudit } from "./audit_list.ts";
import type { Start } from "./cli.ts";
import { examples, group, leaf } from "./leaf.ts";
import { wholeNumber } from "./whole_number.ts";

const KINDS: readonly AuditRecord["kind"][] = ["call", "decision", "result", "egress", "admin"];

/** `audit`: what was judged, decided and done. */
export function auditCommand(start: Start): Command {
  const list = leaf("list", "list calls, verdicts, approvals, connections and results, the newest first")
    .option("--session <id>", "of this session")
    .addOption(new Option("--kind <kind>", "of this kind").choices(KINDS))
    .option("--limit <n>", "so many", wholeNumber(1, 10_000), 50)
    .option("--json", "as JSON");
  const audit = group("audit", "what was judged, decided and done").addHelpText(
    "after",
    examples("stakpak audit list", "stakpak audit list --kind egress --json"),
  );
  return audit.addCommand(start(list, listAudit) as unknown as Command);
}
