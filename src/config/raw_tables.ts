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

/** Whether tables and lists stand in one another more than `levels` deep. Looks no deeper. */
export function nestsBeyond(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== "object") return false;
  return levels === 0 || Object.values(value).some((inner) => nestsBeyond(inner, levels - 1));
}

/** Every credential, however deep, that is given twice: it would be a guess which one is meant. */
export function doubledSecrets(value: unknown, path: KeyPath = []): Explained[] {
  if (Array.isArray(value)) {
    return value.flatMap((element, index) => doubledSecrets(element, [...path, index]));
  }
  if (!isTable(value)) return [];
  return Object.keys(value).flatMap((key) => [
    ...doubled(value, path, key),
    ...doubledSecrets(value[key], [...path, key]),
  ]);
}

function doubled(table: RawTable, path: KeyPath, key: string): Explained[] {
  const plain = /^(.+)_(?:env|file)$/.exec(key)?.[1];
  const rival = plain && [plain, `${plain}_env`].find((name) => name !== key && Object.hasOwn(table, name));
  if (!rival) return [];
  const at = [...path, key];
  const holder = path.length > 0 ? `${keyText(path)} has` : "there are";
  const message = `${holder} both ${keyText([rival])} and ${keyText([key])}, must have one of them`;
  return [{ severity: "error", path: at, key: keyText(at), message, hint: "remove one of them" }];
}
