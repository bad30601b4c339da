/** `value` with every text in it passed through `redact`; keys, numbers and shape stay. */
export function redactDeep<T>(value: T, redact: (text: string) => string): T {
  if (typeof value === "string") return redact(value) as T;
  if (Array.isArray(value)) return value.map((element) => redactDeep(element, redact)) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, redactDeep(inner, redact)]),
  ) as T;
}
