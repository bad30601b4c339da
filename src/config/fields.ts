/**
 * The kinds of value that the two files have. A refinement's message completes "KEY is VALUE, …".
 *
 * @module
 */
import * as z from "zod";
import { parseEgressRule } from "../domain/egress_rule.ts";
import { checkPattern } from "../domain/tool_pattern.ts";
import { MAX_SYSTEM_PROMPT_CHARACTERS, MAX_TURNS } from "../domain/run.ts";
import { cronProblem, isZone } from "./cron.ts";
import { parseDuration } from "./duration.ts";
import { parseListen } from "./listen.ts";

export const text = z.string().refine((value) => value.trim() !== "", { message: "must not be blank" });
export const path = text.refine((value) => !/\p{Cc}/u.test(value), {
  message: "must be a path without control characters",
});
export const names = z.array(text);

/** The names of tools, or patterns of them. */
export const toolPatterns = z.array(
  z.string().superRefine((value, context) => {
    const message = checkPattern(value);
    if (message) context.addIssue({ code: "custom", message });
  }),
);

export function whole(low: number, high: number): z.ZodNumber {
  const wanted = `must be a whole number from ${low} to ${high}`;
  return z.number().int(wanted).min(low, wanted).max(high, wanted);
}

export const turns = z.number().int(`must be 1 to ${MAX_TURNS}`)
  .min(1, `must be 1 to ${MAX_TURNS}`).max(MAX_TURNS, `must be 1 to ${MAX_TURNS}`);

export const systemPrompt = z.string().refine((value) => [...value].length <= MAX_SYSTEM_PROMPT_CHARACTERS, {
  message: `must be at most ${MAX_SYSTEM_PROMPT_CHARACTERS} characters`,
});

/** Milliseconds, written `45s`, `2h 30m`. */
export const duration = z.string()
  .refine((value) => parseDuration(value) !== undefined, {
    message: 'must be a duration such as "45s" or "2h 30m"',
  })
  .transform((value) => parseDuration(value)!);

/** The same, where no time at all would end what it limits before it starts. */
export const timeLimit = duration.refine((ms) => ms > 0, { message: "must be longer than 0s" });

export const cron = z.string().superRefine((value, context) => {
  const problem = cronProblem(value);
  if (problem) context.addIssue({ code: "custom", message: problem });
});

export const zone = z.string().refine(isZone, {
  message: 'must be an IANA time zone such as "Europe/Berlin"',
});

/** Slack, Telegram and Discord ids: written as text or as a number, kept as text. */
export const ids = z.array(z.union([text, z.number().int().transform(String)]));

export const httpUrl = z.string().refine(
  (value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol),
  {
    message: 'must be an address such as "https://api.example.com"',
  },
);

export const listen = z.string().refine((value) => parseListen(value) !== undefined, {
  message: 'must be HOST:PORT such as "127.0.0.1:4096"',
});

/** Bytes, written `512m`, `1g` or as docker takes them. */
export const memorySize = z.string().regex(
  /^[1-9]\d{0,11}[bkmgBKMG]?$/,
  'must be a size such as "512m" or "1g"',
);

/** Kept as it was written; every user of it parses it again. */
export const egressRule = z.string().superRefine((value, context) => {
  const rule = parseEgressRule(value);
  if (typeof rule === "string") context.addIssue({ code: "custom", message: rule });
});

/** A container user: `1000` or `1000:1000`, never root. */
export const containerUser = z.string().regex(
  /^[1-9]\d{0,9}(:[1-9]\d{0,9})?$/,
  'must be UID:GID such as "1000:1000", not root',
);
