import type { KeyTable } from "./store.ts";
import type { TableParts } from "./table_parts.ts";

interface Row {
  readonly bodyHash: string;
  readonly status: number | null;
  readonly body: string | null;
}

/** Source: server spec §1.5. */
const KEPT_MS = 24 * 3_600_000;

export function keyTable({ database, now }: TableParts): KeyTable {
  const reserve = (key: string, bodyHash: string, owner: string): ReturnType<KeyTable["reserve"]> => {
    const at = now();
    database.run("DELETE FROM keys WHERE reservedAt < ?", new Date(Date.parse(at) - KEPT_MS).toISOString());
    const known = database.get<Row>("SELECT bodyHash, status, body FROM keys WHERE key = ?", key);
    if (!known) {
      database.run(
        "INSERT INTO keys (key, bodyHash, owner, reservedAt) VALUES (?, ?, ?, ?)",
        ...[key, bodyHash, owner, at],
      );
      return { taken: true };
    }
    if (known.bodyHash !== bodyHash) return { taken: false, why: "other_body" };
    if (known.status === null) return { taken: false, why: "running" };
    return { taken: false, why: "answered", status: known.status, body: known.body ?? "" };
  };
  return {
    reserve: (key, bodyHash, owner) => database.transaction(() => reserve(key, bodyHash, owner)),
    complete: (key, status, body) =>
      void database.run(
        "UPDATE keys SET status = ?, body = ? WHERE key = ? AND status IS NULL",
        ...[status, body, key],
      ),
    release: (key) => void database.run("DELETE FROM keys WHERE key = ? AND status IS NULL", key),
  };
}

/** Frees the keys whose request never got an answer, and never will: its owner has ended. */
export async function freeLeftKeys(
  { database }: Pick<TableParts, "database">,
  lives: (owner: string) => Promise<boolean>,
): Promise<void> {
  const owners = database.all<{ owner: string }>("SELECT DISTINCT owner FROM keys WHERE status IS NULL");
  for (const { owner } of owners) {
    if (await lives(owner)) continue;
    database.run("DELETE FROM keys WHERE owner = ? AND status IS NULL", owner);
  }
}
