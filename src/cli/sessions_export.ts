import { EXIT, type ExitCode, UserError } from "../domain/error.ts";
import { plainJson } from "../domain/plain_json.ts";
import { quotedPath } from "../domain/printable.ts";
import { PathError } from "../host/inspection.ts";
import { eventEnvelope } from "../server/event_envelope.ts";
import type { AuditRecord, StoredEvent } from "../server/records.ts";
import type { Store } from "../server/store.ts";
import type { Cli } from "./cli.ts";
import { existingSession } from "./existing_session.ts";
import type { GlobalOptions } from "./leaf.ts";
import { lookedAtStore } from "./looked_at_store.ts";
import { isOwnFile } from "./own_file.ts";

const AT_ONCE = 1_000;

/** `sessions export ID`: all that is kept of it. */
export async function exportSession(
  cli: Cli,
  { output }: GlobalOptions & { readonly output?: string },
  id: string,
): Promise<ExitCode> {
  using store = await lookedAtStore(cli);
  const session = existingSession(store, id);
  const document = plainJson({
    schema: 1,
    session,
    messages: store!.messages.all(id),
    events: eventsOf(store!, id).map(eventEnvelope),
    audit: auditOf(store!, id),
  });
  if (output === undefined || output === "-") cli.terminal.print(document);
  else await write(cli, output, document);
  return EXIT.ok;
}

/** Mode 0600. */
async function write(cli: Cli, path: string, document: string): Promise<void> {
  try {
    if (await isOwnFile(cli, path)) throw new PathError(path, "it is a file that stakpak itself needs");
    await cli.host.replaceFile(path, cli.redact(document));
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    throw new UserError(`Cannot write --output ${quotedPath(path)}: ${error.reason}`, {
      hint: "give another file, in a folder that exists, or - for stdout",
      exitCode: EXIT.usage,
      cause: error,
    });
  }
}

function eventsOf(store: Store, id: string): StoredEvent[] {
  const all: StoredEvent[] = [];
  for (;;) {
    const some = store.events.after(id, all.at(-1)?.id ?? 0, AT_ONCE);
    if (some.length === 0) return all;
    all.push(...some);
  }
}

/** Oldest first. */
function auditOf(store: Store, sessionId: string): AuditRecord[] {
  const all: AuditRecord[] = [];
  for (;;) {
    const { records } = store.audit.list({ sessionId, limit: AT_ONCE, offset: all.length });
    if (records.length === 0) return all.reverse();
    all.push(...records);
  }
}
