import { ok } from "node:assert/strict";
import { RedactingStream } from "../../src/secrets/redacting_stream.ts";
import { Redactor } from "../../src/secrets/redactor.ts";
import { SECRET_RULES } from "../../src/secrets/secret_rules.ts";
import { runs, SEED } from "../runs.ts";
import { test } from "../sanitized.ts";
import { attacksOn } from "./attacks.ts";

const MEGABYTE = 1_000_000;
const LIMIT_MS = 2_000;

const attacks = attacksOn(SECRET_RULES, MEGABYTE);
const part = Math.round(attacks.length / runs(attacks.length));
const chosen = attacks.filter((_, index) => (index + SEED) % part === 0);

test("no text of 1 MB takes more than 2 s to redact, whatever it holds", () => {
  for (const { name, text } of chosen) {
    const redactor = new Redactor();
    for (let index = 0; index < 20; index++) redactor.add(`${index}${"aA1-".repeat(50)}${index}`);
    const [made, start] = [text(), performance.now()];
    redactor.redact(made);
    const ms = performance.now() - start;
    ok(ms <= LIMIT_MS, `${name} takes ${ms.toFixed(0)} ms`);
  }
});

test("no text of 1 MB takes more than 2 s in a stream of chunks", () => {
  for (const { name, text } of chosen.filter((_, index) => index % 8 === 0)) {
    const stream = new RedactingStream(new Redactor());
    const [made, start] = [text(), performance.now()];
    for (let at = 0; at < made.length; at += 16_384) stream.push(made.slice(at, at + 16_384));
    stream.flush();
    const ms = performance.now() - start;
    ok(ms <= LIMIT_MS, `${name} takes ${ms.toFixed(0)} ms`);
  }
});
