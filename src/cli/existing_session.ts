import { EXIT, UserError } from "../domain/error.ts";
import { quoted } from "../domain/printable.ts";
import type { SessionRecord } from "../server/records.ts";
import type { Store } from "../server/store.ts";

/** The session of that id. Throws a `UserError` (exit 2) where there is none, or no store yet. */
export function existingSession(store: Store | undefined, id: string): SessionRecord {
  const session = store?.sessions.get(id);
  if (session) return session;
  throw new UserError(
    `Cannot find the session ${/^[0-9a-f-]{36}$/.test(id) ? id : quoted(id)}: there is none`,
    {
      hint: "stakpak sessions list",
      exitCode: EXIT.usage,
    },
  );
}
