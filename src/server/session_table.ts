import type { SessionRecord } from "./records.ts";
import { recordOf, type Row } from "./row.ts";
import type { SessionTable } from "./store.ts";
import type { TableParts } from "./table_parts.ts";

const COLUMNS = "id, title, cwd, origin, visibility, tools, model, createdAt, updatedAt";

export function sessionTable({ database, now, touched }: TableParts): SessionTable {
  const get = (id: string) => {
    const row = database.get<Row<SessionRecord>>(`SELECT ${COLUMNS} FROM sessions WHERE id = ?`, id);
    return row && recordOf(row);
  };
  return {
    create({ title, cwd, origin }) {
      const id = crypto.randomUUID();
      const at = now();
      database.run(
        `INSERT INTO sessions (id, title, cwd, origin, visibility, createdAt, updatedAt)
          VALUES (?, ?, ?, ?, 'PRIVATE', ?, ?)`,
        ...[id, title, cwd ?? null, origin, at, at],
      );
      return get(id)!;
    },
    get,
    list({ limit, offset, search = "" }) {
      const matching = "FROM sessions WHERE instr(lower(title), lower(?)) > 0";
      const rows = database.all<Row<SessionRecord>>(
        `SELECT ${COLUMNS} ${matching} ORDER BY updatedAt DESC, id LIMIT ? OFFSET ?`,
        ...[search, limit, offset],
      );
      const { total } = database.get<{ total: number }>(`SELECT count(*) AS total ${matching}`, search)!;
      return { sessions: rows.map((row) => recordOf(row)), total };
    },
    update(id, { title, visibility, tools, model }) {
      database.run(
        `UPDATE sessions SET title = coalesce(?, title), visibility = coalesce(?, visibility),
          tools = coalesce(?, tools), model = coalesce(?, model), updatedAt = ? WHERE id = ?`,
        ...[title ?? null, visibility ?? null, tools ?? null, model ?? null, now(), id],
      );
      touched(id);
      return get(id);
    },
    delete(id) {
      const deleted = database.transaction(() => {
        // An answer that is kept for its key may tell of the session.
        database.run("DELETE FROM keys WHERE instr(body, ?) > 0", id);
        return database.run("DELETE FROM sessions WHERE id = ?", id) > 0;
      });
      touched(id);
      // What was deleted is still in the log of writes until that is emptied.
      if (deleted) database.afterCommit(() => database.emptyLog());
      return deleted;
    },
  };
}
