/**
 * How good the rules are on texts that the program carries with it: planted secrets, and text without any.
 *
 * @module
 */
import { benignText } from "./benign_text.ts";
import { plantedForms, type PlantedSample, plantedSamples } from "./planted_samples.ts";
import { blanked } from "./mark.ts";
import { placeholdersIn } from "./placeholder.ts";
import { Redactor } from "./redactor.ts";
import { PROVIDER_RULES, SECRET_RULES } from "./secret_rules.ts";
import { viewsOf } from "./view.ts";

/** The answer of `stakpak secrets selftest --json`. */
export interface SelftestReport {
  readonly schema: 1;
  readonly ok: boolean;
  /** How many formats of how many providers are known, and how many secrets are planted. */
  readonly formats: number;
  readonly providers: number;
  readonly planted: number;
  /** Of all planted secrets, how many are gone: 0 to 1. */
  readonly recall: number;
  /** Marks in text without secrets, for each million characters. */
  readonly falsePerMegabyte: number;
  readonly wanted: { readonly recall: number; readonly falsePerMegabyte: number };
  readonly rules: readonly RuleResult[];
}

export interface RuleResult {
  readonly rule: string;
  readonly planted: number;
  /** How many of them are gone, whichever rule found them. */
  readonly hidden: number;
  /** Marks under this rule's name in text without secrets. */
  readonly false: number;
  /** Where one was not found: `json`, `url`, … */
  readonly missed: readonly string[];
}

const WANTED = { recall: 0.98, falsePerMegabyte: 1 };
const BENIGN_CHARACTERS = 2_000_000;
/** So many characters in a row of a secret are a leak. */
const PART = 8;
const KNOWN_VALUE = `Fake "known" value/100% 'äöü' \\ &+=`;

/** What is judged: a session that knows {@linkcode KNOWN_VALUE}. */
export type Judged = Pick<Redactor, "find" | "redact">;

function ours(): Judged {
  const redactor = new Redactor();
  redactor.add(KNOWN_VALUE);
  return redactor;
}

export function selftest(newSession: () => Judged = ours): SelftestReport {
  const samples = [...plantedSamples(), ...plantedForms(KNOWN_VALUE)];
  const benign = benignText(BENIGN_CHARACTERS);
  const marks = newSession().find(benign);
  const ids = [...SECRET_RULES.map(({ id }) => id), "known"];
  const bySample = Map.groupBy(samples, ({ rule }) => rule);
  const byMark = Map.groupBy(marks, ({ rule }) => rule);
  const rules = ids.map((rule): RuleResult => {
    const planted = bySample.get(rule) ?? [];
    const missed = planted.filter((sample) => !isHidden(sample, newSession())).map(({ setting }) => setting);
    return {
      rule,
      planted: planted.length,
      hidden: planted.length - missed.length,
      false: byMark.get(rule)?.length ?? 0,
      missed,
    };
  });
  const recall = rules.reduce((sum, { hidden }) => sum + hidden, 0) / samples.length;
  const falsePerMegabyte = marks.length / (benign.length / 1_000_000);
  const ok = recall >= WANTED.recall && falsePerMegabyte <= WANTED.falsePerMegabyte;
  return {
    schema: 1,
    ok,
    formats: PROVIDER_RULES.length,
    providers: new Set(PROVIDER_RULES.map(({ provider }) => provider)).size,
    planted: samples.length,
    recall,
    falsePerMegabyte,
    wanted: WANTED,
    rules,
  };
}

/** Whether the secret is gone, and every part of it, in whatever way the text is read. */
function isHidden({ text, secret }: PlantedSample, session: Judged): boolean {
  const redacted = session.redact(text);
  const left = viewsOf(blanked(redacted, placeholdersIn(redacted))).map((view) => view.text);
  for (let at = 0; at === 0 || at + PART <= secret.length; at++) {
    const part = secret.slice(at, at + PART);
    if (left.some((one) => one.includes(part))) return false;
  }
  return true;
}
