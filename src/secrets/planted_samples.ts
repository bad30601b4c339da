import { type Draw, drawing, drawText } from "./draw_text.ts";
import { PLANTED_PLATFORMS } from "./planted_platforms.ts";
import { PLANTED_SERVICES } from "./planted_services.ts";
import { formsOf } from "./value_forms.ts";

/** The rule that should find it, and a text with one secret in it: between « and », or all of it. */
export type PlantedFormat = readonly [rule: string, text: string];

/** A text with one secret in it. */
export interface PlantedSample {
  readonly rule: string;
  /** Where it stands: `plain`, `colour`, … */
  readonly setting: string;
  readonly text: string;
  readonly secret: string;
}

/** How tools print what they print. */
const SETTINGS: Readonly<Record<string, (text: string, secret: string) => string>> = {
  plain: (text) => `before\n${text}\nbehind`,
  colour: (text) => `\x1b[1;31m${text}\x1b[0m`,
  "colour in it": (text, secret) =>
    text.replace(secret, () => `${secret.slice(0, 5)}\x1b[01;31m\x1b[K${secret.slice(5)}\x1b[m\x1b[K`),
  json: (text) => JSON.stringify({ log: `said ${text}\n`, stream: "stdout" }),
  "json in json": (text) => JSON.stringify({ spec: JSON.stringify({ note: text }) }),
  yaml: (text) => `  note: '${text.replaceAll("'", "''")}'`,
  shell: (text) => `echo '${text.replaceAll("'", "'\\''")}' >> notes`,
  url: (text) => `GET /search?q=${encodeURIComponent(text)}&page=1 HTTP/1.1`,
};

/** Every format in every setting, each with a secret of its own. */
export function plantedSamples(): PlantedSample[] {
  const draw = drawing(20261123);
  return [...PLANTED_PLATFORMS, ...PLANTED_SERVICES].flatMap((format) =>
    Object.entries(SETTINGS).map(([setting, put]) => {
      const { rule, text, secret } = drawn(format, draw);
      return { rule, setting, text: put(text, secret), secret };
    })
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

function drawn([rule, format]: PlantedFormat, draw: Draw): Omit<PlantedSample, "setting"> {
  const text = drawText(format, draw);
  const secret = /«([^]*)»/.exec(text)?.[1] ?? text;
  return { rule, text: text.replace(/[«»]/g, ""), secret };
}
