import { ok } from "node:assert/strict";
import { RedactingStream } from "../../src/secrets/redacting_stream.ts";
import { Redactor } from "../../src/secrets/redactor.ts";
import { SECRET_RULES } from "../../src/secrets/secret_rules.ts";
import { runs, SEED } from "../runs.ts";
import { test } from "../sanitized.ts";
import { attacksOn } from "./attacks.ts";

const SHORT = 125_000;
/** `bench/redact.ts` measures a megabyte of each; here eight times the text must not take much more than that. */
const TIMES = 8;
/** Squared it would be 64. */
const MOST = 24;
/** What stays below is no attack, however it grows: its megabyte is far from two seconds. */
const HARMLESS_MS = 500;
/** Others work on the machine, too: a time counts if it can be reached at all. */
const TRIES = 5;

const short = attacksOn(SECRET_RULES, SHORT);
const long = attacksOn(SECRET_RULES, SHORT * TIMES);
const part = Math.round(short.length / runs(short.length));
const chosen = [...short.keys()].filter((index) => (index + SEED) % part === 0);

function assertLinear(index: number, redact: (text: string) => void): void {
  const { name, text } = short[index]!;
  const [few, many] = [text(), long[index]!.text()];
  let [least, most] = [Infinity, Infinity];
  for (let tries = 0; tries < TRIES; tries++) {
    least = Math.min(least, timeOf(() => redact(few)));
    most = Math.min(most, timeOf(() => redact(many)));
    if (most <= MOST * least + HARMLESS_MS) return;
  }
  ok(false, `${name}: ${TIMES} times the text takes ${(most / least).toFixed(0)} times as long`);
}

function timeOf(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

test("eight times the text takes about eight times as long to redact, whatever it holds", () => {
  for (const index of chosen) {
    assertLinear(index, (text) => {
      const redactor = new Redactor();
      for (let known = 0; known < 20; known++) redactor.add(`${known}${"aA1-".repeat(50)}${known}`);
      redactor.redact(text);
    });
  }
});

test("eight times the text takes about eight times as long in a stream of chunks", () => {
  for (const index of chosen.filter((_, place) => place % 8 === 0)) {
    assertLinear(index, (text) => {
      const stream = new RedactingStream(new Redactor());
      for (let at = 0; at < text.length; at += 16_384) stream.push(text.slice(at, at + 16_384));
      stream.flush();
    });
  }
});
