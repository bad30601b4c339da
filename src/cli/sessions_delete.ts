import { EXIT, type ExitCode, UserError } from "../domain/error.ts";
import { deleteSession } from "../server/delete_session.ts";
import { openStore } from "../server/open_store.ts";
import { oneLine } from "./call_text.ts";
import type { Cli } from "./cli.ts";
import { decider } from "./decider.ts";
import { existingSession } from "./existing_session.ts";
import type { GlobalOptions } from "./leaf.ts";
import { lookedAtStore } from "./looked_at_store.ts";

/** `sessions delete ID` */
export async function removeSession(
  cli: Cli,
  { yes }: GlobalOptions & { readonly yes?: true },
  id: string,
): Promise<ExitCode> {
  const { host, paths, terminal } = cli;
  {
    // Nothing is made where there is nothing to delete.
    using looked = await lookedAtStore(cli);
    const { title } = existingSession(looked, id);
    if (!yes && !await agreed(cli, `Delete the session "${oneLine(title, 60)}" for good? [y/n]`)) {
      terminal.note("Nothing was deleted");
      return EXIT.failed;
    }
  }
  using store = await openStore(host, paths.database);
  store.transaction(() => {
    existingSession(store, id);
    deleteSession(store, id, decider(host, "cli"));
  });
  terminal.note(`Deleted: ${id}`);
  return EXIT.ok;
}

async function agreed({ terminal, signal }: Cli, question: string): Promise<boolean> {
  if (!terminal.asks) {
    throw new UserError("Cannot delete the session: nobody is there to confirm it", {
      hint: "say so with --yes",
      exitCode: EXIT.usage,
    });
  }
  return /^\s*y(es)?\s*$/i.test(await terminal.ask(question, signal) ?? "");
}
