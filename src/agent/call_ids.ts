/** Ring 0 takes ids of 200 characters; a number may be added. */
const MAX_ID_CHARACTERS = 180;

/** `id`, or one like it that is not in `used`; it is then. Some providers count from 0 in every answer, some give none. */
export function freshId(id: string, used: Set<string>): string {
  const base = id.slice(0, MAX_ID_CHARACTERS) || "call";
  let fresh = base;
  for (let number = 2; used.has(fresh); number++) fresh = `${base}_${number}`;
  used.add(fresh);
  return fresh;
}
