import type { Origin, SessionRecord, ToolPlace } from "./records.ts";
import type { SessionTable } from "./store.ts";
import type { TableParts } from "./table_parts.ts";

interface Row {
  readonly id: string;
  readonly title: string;
  readonly cwd: string | null;
  readonly origin: Origin;
  readonly visibility: SessionRecord["visibility"];
  readonly tools: ToolPlace | null;
  readonly model: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export function sessionTable({ database, now, touched }: TableParts): SessionTable {
  const get = (id: string) => {
    const row = database.get<Row>("SELECT * FROM sessions WHERE id = ?", id);
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
      const rows = database.all<Row>(
        `SELECT * ${matching} ORDER BY updatedAt DESC, id LIMIT ? OFFSET ?`,
        ...[search, limit, offset],
      );
      const { total } = database.get<{ total: number }>(`SELECT count(*) AS total ${matching}`, search)!;
      return { sessions: rows.map(recordOf), total };
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
      const deleted = database.run("DELETE FROM sessions WHERE id = ?", id) > 0;
      touched(id);
      // What was deleted is still in the log of writes until that is emptied.
      if (deleted) database.afterCommit(() => database.emptyLog());
      return deleted;
    },
  };
}

function recordOf(row: Row): SessionRecord {
  return {
    id: row.id,
    title: row.title,
    cwd: row.cwd ?? undefined,
    origin: row.origin,
    visibility: row.visibility,
    tools: row.tools ?? undefined,
    model: row.model ?? undefined,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}
