const LAST = new Map<string, Promise<unknown>>();

/** Does `work` after everything that was given the same key before, whether that went well or not. */
export async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const turn = (LAST.get(key) ?? Promise.resolve()).then(work, work);
  LAST.set(key, turn);
  try {
    return await turn;
  } finally {
    if (LAST.get(key) === turn) LAST.delete(key);
  }
}
