import type { Message } from "../domain/message.ts";
import type { MessageTable } from "./store.ts";
import type { TableParts } from "./table_parts.ts";

interface Row {
  readonly message: string;
}

export function messageTable({ database, now, touched }: TableParts): MessageTable {
  return {
    append(sessionId, runId, message) {
      database.transaction(() => {
        database.run(
          `INSERT INTO messages (sessionId, position, runId, message)
            SELECT ?1, coalesce(max(position) + 1, 0), ?2, ?3 FROM messages WHERE sessionId = ?1`,
          ...[sessionId, runId, JSON.stringify(message)],
        );
        database.run("UPDATE sessions SET updatedAt = ? WHERE id = ?", now(), sessionId);
        touched(sessionId);
      });
    },
    list(sessionId, { limit, offset, newestFirst }) {
      const rows = database.all<Row>(
        `SELECT message FROM messages WHERE sessionId = ?
          ORDER BY position ${newestFirst ? "DESC" : "ASC"} LIMIT ? OFFSET ?`,
        ...[sessionId, limit, offset],
      );
      const { total } = database.get<{ total: number }>(
        "SELECT count(*) AS total FROM messages WHERE sessionId = ?",
        sessionId,
      )!;
      return { messages: rows.map(messageOf), total };
    },
    all: (sessionId) =>
      database.all<Row>("SELECT message FROM messages WHERE sessionId = ? ORDER BY position", sessionId)
        .map(messageOf),
  };
}

function messageOf({ message }: Row): Message {
  return JSON.parse(message);
}
