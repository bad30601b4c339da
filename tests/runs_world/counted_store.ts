/**
 * A store that counts what is written to disk, and tells before and after each.
 *
 * @module
 */
import type { Store } from "../../src/server/store.ts";

/** What writes, by table. */
const WRITES: Readonly<Record<string, readonly string[]>> = {
  sessions: ["create", "update", "delete"],
  messages: ["append"],
  runs: ["begin", "update", "end"],
  inputs: ["add", "take"],
  calls: ["add", "move"],
  events: ["append", "prune"],
  keys: ["reserve", "complete", "release"],
  audit: ["add"],
  days: ["add"],
};

/** `at` is called right before and right after each commit, with its number from 1 on. */
export function countedStore(store: Store, at: (commit: number, when: "before" | "after") => void): Store {
  let depth = 0;
  let commits = 0;
  const commit = <T>(work: () => T): T => {
    if (depth > 0) return work();
    const number = ++commits;
    at(number, "before");
    depth++;
    try {
      return work();
    } finally {
      depth--;
      at(number, "after");
    }
  };
  const table = <T extends object>(name: string, methods: T): T =>
    new Proxy(methods, {
      get(target, key) {
        const method = Reflect.get(target, key);
        if (typeof method !== "function") return method;
        const writes = WRITES[name]!.includes(String(key));
        return (...args: unknown[]) => {
          const call = () => Reflect.apply(method, target, args);
          return writes ? commit(call) : call();
        };
      },
    });
  const tables = Object.fromEntries(
    Object.keys(WRITES).map((name) => [name, table(name, store[name as keyof Store] as object)]),
  );
  return {
    ...store,
    ...tables,
    transaction: (work) => commit(() => store.transaction(work)),
    [Symbol.dispose]: () => store[Symbol.dispose](),
  } as Store;
}
