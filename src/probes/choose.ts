import { EXIT, UserError } from "../domain/error.ts";
import { nearest } from "../domain/nearest.ts";
import { quoted } from "../domain/printable.ts";
import type { Occasion, Probe } from "./probe.ts";

export interface Choice {
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  /** `--live` was given. */
  readonly live?: boolean;
}

/**
 * The probes of an occasion, narrowed by `--only` (which brings what they need) and `--skip`.
 * Throws {@linkcode UserError} for an id that does not exist, for one that wants `--live`, and for a
 * choice that leaves nothing.
 */
export function chooseProbes(
  all: readonly Probe[],
  occasion: Occasion,
  { only, skip = [], live = false }: Choice,
): Probe[] {
  for (const id of [...only ?? [], ...skip]) {
    if (!all.some((probe) => probe.id === id)) throw unknownProbe(all, id);
  }
  const wanted = only && withNeeds(all, only);
  const asked = ({ id, occasions }: Probe) =>
    wanted ? wanted.has(id) : occasions.includes(occasion) || live && occasions.includes("live");
  const chosen = all.filter((probe) => asked(probe) && !skip.includes(probe.id));
  const unasked = chosen.find(({ occasions }) => !live && occasions.every((at) => at === "live"));
  if (unasked) throw wantsLive(unasked);
  if (chosen.length > 0) return chosen;
  throw new UserError("Cannot check anything: --only and --skip leave no probe", {
    hint: "stakpak doctor --list",
    exitCode: EXIT.usage,
  });
}

function withNeeds(all: readonly Probe[], ids: readonly string[]): Set<string> {
  const wanted = new Set(ids);
  // A probe stands after those it needs, so one pass backwards finds them all.
  for (const probe of all.toReversed()) {
    if (wanted.has(probe.id)) { for (const need of probe.needs ?? []) wanted.add(need); }
  }
  return wanted;
}

function wantsLive({ id }: Probe): UserError {
  return new UserError(`Cannot check ${id}: it changes something for a while, and --live is not given`, {
    hint: `stakpak doctor --live --only ${id}`,
    exitCode: EXIT.usage,
  });
}

function unknownProbe(all: readonly Probe[], id: string): UserError {
  const guess = nearest(id, all.map((probe) => probe.id));
  return new UserError(`Cannot check ${quoted(id)}: there is no such probe`, {
    hint: guess ? `did you mean "${guess}"?` : "stakpak doctor --list",
    exitCode: EXIT.usage,
  });
}
