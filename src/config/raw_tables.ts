import type { Explained } from "./explain.ts";
import { type KeyPath, keyText } from "./problem.ts";

/** An unchecked TOML table. */
export type RawTable = Readonly<Record<string, unknown>>;

export function isTable(value: unknown): value is RawTable {
  return value !== null && typeof value === "object" && !Array.isArray(value) && !(value instanceof Date);
}

/** The tables in `[holder.NAME]` or `[[holder]]`, each with its path; anything else there is left to the schema. */
export function tablesOf(root: unknown, holder: string, base: KeyPath = []): [KeyPath, RawTable][] {
  const held = isTable(root) ? root[holder] : undefined;
  const entries: [string | number, unknown][] = Array.isArray(held)
    ? [...held.entries()]
    : isTable(held)
    ? Object.entries(held)
    : [];
  return entries.flatMap(([name, value]): [KeyPath, RawTable][] =>
    isTable(value) ? [[[...base, holder, name], value]] : []
  );
}

/** A credential given twice: it would be a guess which one is meant. */
export function doubledSecrets(path: KeyPath, table: RawTable): Explained[] {
  return Object.keys(table).filter((key) => /_(env|file)$/.test(key)).flatMap((key) => {
    const plain = key.replace(/_(env|file)$/, "");
    const rival = [plain, `${plain}_env`].find((name) => name !== key && name in table);
    if (!rival) return [];
    const at = [...path, key];
    const message = `${keyText(path)} has both ${rival} and ${key}, must have one of them`;
    return [{ severity: "error", path: at, key: keyText(at), message, hint: `remove ${rival} or ${key}` }];
  });
}
