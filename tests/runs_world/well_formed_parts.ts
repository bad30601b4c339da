/** Rules that the APIs share. */
export type Body = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Something besides blanks. */
export function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

export function isCount(value: unknown): boolean {
  return typeof value === "number" && Number.isInteger(value) && value > 0;
}

/** What every request says at its top. */
export function topFaults(body: Body, limit: readonly string[]): string[] {
  const limits = limit.filter((name) => isCount(body[name]));
  return [
    ...(isText(body.model) ? [] : ["model is missing"]),
    ...(body.stream === true ? [] : ["it does not stream"]),
    ...(limits.length === 1 ? [] : [`${limit.join(" or ")} must be a positive integer`]),
  ];
}

/** Names are unique, as short as the provider wants them, and have a schema of an object. */
export function toolFaults(
  tools: readonly { readonly name: unknown; readonly schema: unknown; readonly description: unknown }[],
  most: number,
): string[] {
  const pattern = new RegExp(`^[a-zA-Z0-9_-]{1,${most}}$`);
  const names = tools.map(({ name }) => name);
  return [
    ...names.filter((name) => typeof name !== "string" || !pattern.test(name)).map((name) =>
      `a tool is called ${name}`
    ),
    ...(new Set(names).size === names.length ? [] : ["two tools have one name"]),
    ...tools.filter(({ schema }) => !isRecord(schema) || schema.type !== "object").map(({ name }) =>
      `${name}'s schema is of no object`
    ),
    ...tools.filter(({ description }) => description !== undefined && !isText(description)).map(({ name }) =>
      `${name}'s description is empty`
    ),
  ];
}

/** Arguments are a text that is the JSON of an object. */
export function argumentFaults(text: unknown, at: string): string[] {
  if (typeof text !== "string") return [`${at}: arguments are no text`];
  try {
    return isRecord(JSON.parse(text)) ? [] : [`${at}: arguments are no object: ${text}`];
  } catch {
    return [`${at}: arguments are no JSON: ${text}`];
  }
}

/** As many of one kind as of the other, in whatever order; the first sentence names what is missing. */
export function answerFaults(calls: readonly string[], answers: readonly string[], at: string): string[] {
  return [
    ...calls.filter((id) => !answers.includes(id)).map((id) => `${at}: no answer for call ${id}`),
    ...answers.filter((id) => !calls.includes(id)).map((id) =>
      `${at}: an answer for ${id}, which is no call`
    ),
    ...(new Set(calls).size === calls.length ? [] : [`${at}: two calls have one id`]),
    ...(new Set(answers).size === answers.length ? [] : [`${at}: two answers for one call`]),
  ];
}
