import { formsOf } from "./value_forms.ts";
import type { SecretRule } from "./secret_rule.ts";

/** A text with one secret in it. */
export interface PlantedSample {
  /** The rule whose example it is. */
  readonly rule: string;
  /** Where it stands: `plain`, `colour`, … */
  readonly setting: string;
  readonly text: string;
  readonly secret: string;
}

/** How tools print what they print. */
const SETTINGS: Readonly<Record<string, (example: string) => string>> = {
  plain: (example) => `before\n${example}\nbehind`,
  colour: (example) => `\x1b[1;31m${example}\x1b[0m`,
  json: (example) => JSON.stringify({ log: `said ${example}\n`, stream: "stdout" }),
  "json in json": (example) => JSON.stringify({ spec: JSON.stringify({ note: example }) }),
  yaml: (example) => `  note: '${example.replaceAll("'", "''")}'`,
  shell: (example) => `echo '${example.replaceAll("'", "'\\''")}' >> notes`,
  url: (example) => `GET /search?q=${encodeURIComponent(example)}&page=1 HTTP/1.1`,
};

/** The example of every rule in every setting. */
export function plantedSamples(rules: readonly SecretRule[]): PlantedSample[] {
  return rules.flatMap((rule) =>
    Object.entries(SETTINGS).map(([setting, put]) => ({
      rule: rule.id,
      setting,
      text: put(rule.example),
      secret: secretOf(rule),
    }))
  );
}

/** `value` in every form that a redactor has to know. */
export function plantedForms(value: string): PlantedSample[] {
  return formsOf(value).map(({ text }, index) => ({
    rule: "known",
    setting: `form ${index + 1}`,
    text: `before ${text} behind`,
    secret: text,
  }));
}

/** What the rule itself takes out of its example. Throws when it finds nothing there: the rule is wrong. */
function secretOf({ id, anchors, pattern, example }: SecretRule): string {
  for (const anchor of anchors) {
    const lower = [example.toLowerCase(), anchor.toLowerCase()] as const;
    for (let at = lower[0].indexOf(lower[1]); at >= 0; at = lower[0].indexOf(lower[1], at + 1)) {
      pattern.lastIndex = at;
      const match = pattern.exec(example);
      if (match) return `${match.groups?.before ?? ""}${match.groups?.secret ?? match[0]}`;
    }
  }
  throw new Error(`Cannot plant ${id}: its pattern does not match its example`);
}
