/** What `ask` answers, or `undefined` where the permission table does not grant it. */
export function granted<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return undefined;
    throw error;
  }
}

/** A variable of the environment; `undefined` when unset or not granted. */
export function readEnvironment(name: string): string | undefined {
  return granted(() => Deno.env.get(name));
}
