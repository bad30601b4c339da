/**
 * Keeps what is open in step with `[sandbox] egress` of `autopilot.toml`.
 *
 * @module
 */
import { AUTOPILOT_KIND } from "../config/autopilot_file.ts";
import { parseFile } from "../config/load.ts";
import { shortPath, type StatePaths } from "../config/paths.ts";
import { placeOf } from "../config/problem.ts";
import { type Inspection, PathError } from "../host/inspection.ts";
import type { Egress, StartEgress } from "./egress.ts";

/** A change is in force within a second. */
const LOOK_EVERY_MS = 400;

export interface WatchRulesOptions {
  readonly host: Inspection;
  readonly paths: StatePaths;
  readonly start: StartEgress;
  /** Rules besides the file's: `--allow`. */
  readonly extra?: readonly string[];
  /** Told of changes, and of a file that cannot be used, in one line. */
  log(line: string): void;
  readonly everyMs?: number;
}

/** Disposing ends the watch, not what it has started. */
export interface WatchedEgress extends AsyncDisposable {
  /** Takes the rules of the file as it is, in place of those that it is given, and follows it. */
  readonly start: StartEgress;
}

/**
 * Looks at the file until disposed. One that cannot be used leaves the rules as they were, at first none, and that is
 * said; one that is gone has none.
 */
export async function watchRules(options: WatchRulesOptions): Promise<WatchedEgress> {
  const { extra = [], log, everyMs = LOOK_EVERY_MS } = options;
  const live = new Set<Egress>();
  let seen: string | PathError | undefined;
  let rules: readonly string[] = extra;
  const look = async () => {
    const now = await textOf(options);
    if (String(now) === String(seen)) return;
    seen = now;
    const found = rulesIn(now, options);
    if (typeof found === "string") return log(`${found}; the egress rules stay as they were`);
    const wanted = [...new Set([...found, ...extra])];
    if (wanted.join() === rules.join()) return;
    rules = wanted;
    const updates = await Promise.allSettled([...live].map((egress) => egress.update(rules)));
    if (updates.length > 0) {
      log(`the egress rules have changed: ${rules.join(", ") || "none, nothing gets out"}`);
    }
    for (const update of updates) {
      if (update.status === "rejected") log(`a box has no way out: ${String(update.reason)}`);
    }
  };
  await look();
  const looking = repeated(look, everyMs);
  return {
    async start(given) {
      const before = rules;
      const egress = await options.start({ ...given, rules: before });
      live.add(egress);
      const end = () => {
        live.delete(egress);
        return egress[Symbol.asyncDispose]();
      };
      await using opened = new AsyncDisposableStack();
      opened.defer(end);
      if (before !== rules) await egress.update(rules);
      opened.move();
      return {
        update: (wanted) => egress.update(wanted),
        [Symbol.asyncDispose]: end,
      };
    },
    [Symbol.asyncDispose]: () => looking[Symbol.asyncDispose](),
  };
}

/** Does `work` every now and then, one after the other. Disposing waits for the one under way. */
function repeated(work: () => Promise<void>, everyMs: number): AsyncDisposable {
  let ended = false;
  let wake = () => {};
  const working = (async () => {
    while (!ended) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      if (!ended) await work();
    }
  })();
  return {
    async [Symbol.asyncDispose]() {
      ended = true;
      wake();
      await working;
    },
  };
}

async function textOf({ host, paths }: WatchRulesOptions): Promise<string | PathError> {
  try {
    return await host.readText(paths.autopilot) ?? "";
  } catch (error) {
    if (error instanceof PathError) return error;
    throw error;
  }
}

/** The rules in the file, or what is wrong with it. */
function rulesIn(text: string | PathError, { paths }: WatchRulesOptions): readonly string[] | string {
  const shown = shortPath(paths.autopilot, paths.home);
  if (text instanceof PathError) return `${shown}: ${text.reason}`;
  const { value, broken } = parseFile(text, shown, AUTOPILOT_KIND);
  const problem = broken.get("") ?? broken.get("sandbox");
  if (problem) return `${placeOf(problem)}: ${problem.message}`;
  return value.sandbox?.warden === "none" ? [] : value.sandbox?.egress ?? [];
}
