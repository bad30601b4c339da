/**
 * Rows whose columns are named as the fields of a record.
 *
 * @module
 */

/** A record as its row has it: NULL for what is `undefined`, text for the fields `AsJson`. */
export type Row<R, AsJson extends keyof R = never> = {
  readonly [F in keyof R]:
    | (F extends AsJson ? string : Exclude<R[F], undefined>)
    | (undefined extends R[F] ? null : never);
};

/** The record of a row; `json` names the fields that are JSON. */
export function recordOf<R, AsJson extends keyof R = never>(
  row: Row<R, AsJson>,
  json: readonly AsJson[] = [],
): R {
  const asJson = new Set<PropertyKey>(json);
  const fields = Object.entries<unknown>(row).map(([name, value]) => {
    if (value === null) return [name, undefined];
    return [name, asJson.has(name) ? JSON.parse(value as string) : value];
  });
  return Object.fromEntries(fields);
}
