/**
 * Models that are known by name: what they take and give, and what they cost. Any other model can be used as well;
 * it then goes by {@linkcode UNKNOWN_LIMITS}.
 *
 * Source: npm llm-zoo 1.37.0 (2026-09-23, MIT), its text models of 2025 and later; where it and the tables inside
 * @ai-sdk/anthropic 4.0.105 differ, the smaller limit. Prices change: they are shown, nothing is decided by them.
 *
 * @module
 */
import type { ModelLimits } from "./model_route.ts";

export interface KnownModel {
  /** Before the slash of its id: `anthropic`. */
  readonly provider: string;
  /** Behind it. */
  readonly model: string;
  readonly name: string;
  readonly limits: ModelLimits;
  /** US dollars for a million tokens. */
  readonly price: { readonly input: number; readonly output: number };
  readonly reasoning: boolean;
}

/** Of a model that is not in the list. Source: server spec §3.3. */
export const UNKNOWN_LIMITS: ModelLimits = { contextTokens: 128_000, outputTokens: 8_192 };

type Row = readonly [
  model: string,
  name: string,
  context: number,
  output: number,
  input: number,
  out: number,
];

const ANTHROPIC: readonly Row[] = [
  ["claude-fable-5-1", "Claude Fable 5.1", 1_000_000, 128_000, 10, 50],
  ["claude-fable-5", "Claude Fable 5", 1_000_000, 128_000, 10, 50],
  ["claude-opus-5-5", "Claude Opus 5.5", 1_000_000, 128_000, 4, 20],
  ["claude-opus-5", "Claude Opus 5", 1_000_000, 128_000, 5, 25],
  ["claude-opus-4-8", "Claude Opus 4.8", 1_000_000, 128_000, 5, 25],
  ["claude-opus-4-7", "Claude Opus 4.7", 1_000_000, 128_000, 5, 25],
  ["claude-opus-4-6", "Claude Opus 4.6", 1_000_000, 128_000, 5, 25],
  ["claude-opus-4-5", "Claude Opus 4.5", 200_000, 64_000, 5, 25],
  ["claude-opus-4-1", "Claude Opus 4.1", 200_000, 32_000, 15, 75],
  ["claude-sonnet-5", "Claude Sonnet 5", 1_000_000, 128_000, 2, 10],
  ["claude-sonnet-4-6", "Claude Sonnet 4.6", 1_000_000, 64_000, 3, 15],
  ["claude-sonnet-4-5", "Claude Sonnet 4.5", 200_000, 64_000, 3, 15],
  ["claude-haiku-4-5", "Claude Haiku 4.5", 200_000, 64_000, 1, 5],
];

const OPENAI: readonly Row[] = [
  ["gpt-6-astra", "GPT-6 Astra", 1_050_000, 128_000, 10, 50],
  ["gpt-6-sol", "GPT-6 Sol", 1_050_000, 128_000, 2, 10],
  ["gpt-6-luna", "GPT-6 Luna", 1_050_000, 128_000, 0.1, 0.5],
  ["gpt-5.6-sol", "GPT-5.6 Sol", 1_050_000, 128_000, 4, 20],
  ["gpt-5.6-terra", "GPT-5.6 Terra", 1_050_000, 128_000, 2, 12],
  ["gpt-5.6-luna", "GPT-5.6 Luna", 1_050_000, 128_000, 0.2, 1.2],
  ["gpt-5.5", "GPT-5.5", 1_050_000, 128_000, 5, 30],
  ["gpt-5.4", "GPT-5.4", 1_050_000, 128_000, 2.5, 15],
  ["gpt-5.4-mini", "GPT-5.4 mini", 400_000, 128_000, 0.75, 4.5],
  ["gpt-5.4-nano", "GPT-5.4 nano", 400_000, 128_000, 0.2, 1.25],
  ["gpt-5.3-codex", "GPT-5.3 Codex", 400_000, 128_000, 1.75, 14],
  ["gpt-5.2", "GPT-5.2", 400_000, 128_000, 1.75, 14],
  ["gpt-5.1", "GPT-5.1", 400_000, 128_000, 1.25, 10],
  ["gpt-5", "GPT-5", 400_000, 128_000, 1.25, 10],
  ["gpt-5-mini", "GPT-5 mini", 400_000, 128_000, 0.25, 2],
  ["gpt-5-nano", "GPT-5 nano", 400_000, 128_000, 0.05, 0.4],
  ["o4-mini", "o4-mini", 200_000, 100_000, 1.1, 4.4],
  ["o3", "o3", 200_000, 100_000, 2, 8],
  ["gpt-4.1", "GPT-4.1", 1_000_000, 32_768, 2, 8],
  ["gpt-4.1-mini", "GPT-4.1 mini", 1_000_000, 32_768, 0.4, 1.6],
  ["gpt-4o", "GPT-4o", 128_000, 16_384, 2.5, 10],
  ["gpt-4o-mini", "GPT-4o mini", 128_000, 16_384, 0.15, 0.6],
];

const GOOGLE: readonly Row[] = [
  ["gemini-3.8-flash", "Gemini 3.8 Flash", 1_048_576, 65_536, 0.75, 3.75],
  ["gemini-3.7-flash", "Gemini 3.7 Flash", 1_048_576, 65_536, 0.75, 3.75],
  ["gemini-3.6-flash", "Gemini 3.6 Flash", 1_048_576, 65_536, 1.5, 7.5],
  ["gemini-3.5-flash", "Gemini 3.5 Flash", 1_048_576, 65_536, 1.5, 9],
  ["gemini-3.5-flash-lite", "Gemini 3.5 Flash-Lite", 1_048_576, 65_536, 0.3, 2.5],
  ["gemini-3.1-pro-preview", "Gemini 3.1 Pro", 1_048_576, 65_536, 2, 12],
  ["gemini-2.5-pro", "Gemini 2.5 Pro", 1_048_576, 65_536, 1.25, 10],
  ["gemini-2.5-flash", "Gemini 2.5 Flash", 1_048_576, 65_536, 0.3, 2.5],
];

const NO_REASONING = /^gpt-4/;

/** In the order in which they are listed. */
export const KNOWN_MODELS: readonly KnownModel[] = [
  ...ANTHROPIC.map((row) => known("anthropic", row)),
  ...OPENAI.map((row) => known("openai", row)),
  ...GOOGLE.map((row) => known("google", row)),
];

/**
 * The known model that a name means, exactly or with more behind it (`claude-opus-4-5-20251101`); what stands before
 * the last slash does not count, and dots are as good as dashes (`openrouter/anthropic/claude-opus-4.6`).
 */
export function knownModel(name: string): KnownModel | undefined {
  const wanted = plain(name.slice(name.lastIndexOf("/") + 1));
  const fits = KNOWN_MODELS.filter(({ model }) => `${wanted}-`.startsWith(`${plain(model)}-`));
  return fits.sort((one, other) => other.model.length - one.model.length)[0];
}

function known(provider: string, [model, name, contextTokens, outputTokens, input, output]: Row): KnownModel {
  const limits = { contextTokens, outputTokens };
  return { provider, model, name, limits, price: { input, output }, reasoning: !NO_REASONING.test(model) };
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(".", "-");
}
