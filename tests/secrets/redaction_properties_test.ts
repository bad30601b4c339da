/**
 * What holds for every text: nothing known gets out, redacting again changes nothing, and what was seen can be given
 * back, exactly.
 *
 * @module
 */
import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { isCommon } from "../../src/secrets/common_value.ts";
import { plantedSamples } from "../../src/secrets/planted_samples.ts";
import { RedactingStream } from "../../src/secrets/redacting_stream.ts";
import { Redactor } from "../../src/secrets/redactor.ts";
import { restoreArguments } from "../../src/secrets/restore_arguments.ts";
import { SECRET_RULES } from "../../src/secrets/secret_rules.ts";
import { viewsOf } from "../../src/secrets/view.ts";
import { runs, SEED } from "../runs.ts";
import { test } from "../sanitized.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const base64 = (text: string) => bytesOf(text).toBase64();

/** How a value may get into a text, with what stands around it. */
const WRITTEN: Readonly<Record<string, (value: string, before: string, behind: string) => string>> = {
  plain: (value, before, behind) => before + value + behind,
  json: (value, before, behind) => JSON.stringify({ [before]: `${behind}${value}` }),
  "json in json": (value, before) => JSON.stringify({ a: JSON.stringify([before, value]) }),
  url: (value, before, behind) => `https://example.com/?a=${encodeURIComponent(before + value)}&b=${behind}`,
  "form of a URL": (value) => `q=${new URLSearchParams({ value })}`,
  base64: (value, before, behind) => base64(before + value + behind),
  "base64 of URLs": (value, before) =>
    bytesOf(before + value).toBase64({ alphabet: "base64url", omitPadding: true }),
  "wrapped base64": (value, before) => base64(before.repeat(9) + value).replace(/(.{76})/g, "$1\n"),
  "wrapped base64 in json": (value, before) =>
    JSON.stringify({ data: base64(before.repeat(9) + value).replace(/(.{64})/g, "$1\n") }),
  "colour in json": (value, before) =>
    JSON.stringify({ [before]: `${value.slice(0, 5)}\x1b[1;31m${value.slice(5)}` }),
  "base64 in json": (value, before) => JSON.stringify({ data: base64(before + value) }),
  hex: (value, before) => before + bytesOf(value).toHex(),
  "capital hex": (value, before) => before + bytesOf(value).toHex().toUpperCase(),
  "half coloured": (value, before) => `${before} ${value.slice(0, 5)}\x1b[1;31m${value.slice(5)}\x1b[0m`,
  "shell's quotes": (value, before) => `${before} '${value.replaceAll("'", "'\\''")}'`,
  "yaml's quotes": (value, before) => `${before}: '${value.replaceAll("'", "''")}'`,
};

const value = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 8, maxLength: 40 }),
  fc.string({ unit: "grapheme-ascii", minLength: 8, maxLength: 200 }),
  fc.string({
    unit: fc.constantFrom("a", "%", "\\", '"', "'", "n", "1", "&", "\n", "/"),
    minLength: 8,
    maxLength: 20,
  }),
).map((text) => text.trim()).filter((text) => !isCommon(text));
const around = fc.string({ unit: "grapheme-ascii", maxLength: 12 });

/** Whether `value` can be read out of `text`: as it is, from its escapes, from base64 or hex. */
function canBeRead(value: string, text: string): boolean {
  const texts = viewsOf(text).map((view) => view.text);
  const decoded = texts.flatMap((one) => (one.replaceAll("\n", "").match(/[A-Za-z0-9+/_-]{11,}/g) ?? []))
    .flatMap((code) => [code, code.slice(1), code.slice(2), code.slice(3)]).map(fromBase64);
  const hex = bytesOf(value).toHex();
  return [...texts, ...decoded].some((one) => one.includes(value)) || text.toLowerCase().includes(hex);
}

function fromBase64(code: string): string {
  const standard = code.replaceAll("-", "+").replaceAll("_", "/");
  return new TextDecoder().decode(Uint8Array.fromBase64(standard.slice(0, standard.length & ~3)));
}

for (const [how, write] of Object.entries(WRITTEN)) {
  test(`no known value can be read out of what was redacted: ${how}, in one text and in chunks`, () => {
    fc.assert(
      fc.property(value, around, around, fc.integer({ min: 1, max: 30 }), (value, before, behind, size) => {
        const text = write(value, before, behind);
        const redactor = new Redactor();
        redactor.add(value);
        ok(!canBeRead(value, redactor.redact(text)), redactor.redact(text));
        const stream = new RedactingStream(redactor);
        let out = "";
        for (let at = 0; at < text.length; at += size) out += stream.push(text.slice(at, at + size));
        ok(!canBeRead(value, out + stream.flush()));
      }),
      { numRuns: runs(2_000), seed: SEED },
    );
  });
}

const piece = fc.oneof(
  fc.constantFrom(...SECRET_RULES.map(({ example }) => example)),
  fc.constantFrom(
    "known-value-1",
    "[REDACTED_SECRET:known:abc234]",
    "token=",
    "password: ",
    "://a:",
    "@",
    '"',
    "\\n",
  ),
  fc.string({ maxLength: 8 }),
  fc.constantFrom("\x1b[31m", "\n", " ", "'", "%41"),
);
const pieces = fc.array(piece, { maxLength: 8 }).map((parts) => parts.join(""));

test("redacting again changes nothing", () => {
  fc.assert(
    fc.property(pieces, (text) => {
      const redactor = new Redactor();
      redactor.add("known-value-1");
      const once = redactor.redact(text);
      equal(redactor.redact(once), once);
      equal(new Redactor().redact(once), once, "nor in another session");
    }),
    { numRuns: runs(10_000), seed: SEED },
  );
});

test("what was seen is given back exactly, and what is sealed never", () => {
  fc.assert(
    fc.property(pieces.filter((text) => !text.includes("[REDACTED_SECRET:")), (text) => {
      const redactor = new Redactor();
      const redacted = redactor.redact(text);
      equal(filled(redacted, redactor), text);
      const sealing = new Redactor();
      sealing.add("known-value-1");
      const sealed = filled(sealing.redact(text), sealing);
      ok(!sealed.includes("known-value-1"));
      deepEqual(text.includes("known-value-1") && !sealed.includes("[REDACTED_SECRET:"), false);
    }),
    { numRuns: runs(10_000), seed: SEED },
  );
});

const PART = 12;
/** That of Braintree begins with a word that names the tokens of others, too. */
const PLANTED = plantedSamples().filter(({ rule, secret }) =>
  secret.length >= PART && rule !== "braintree-token"
);
const planted = fc.oneof(
  fc.constantFrom(...PLANTED.map(({ text, secret }) => [text, secret] as const)),
  fc.constantFrom(
    ...["word ", "\x1b[1m", "- name: DB_PASSWORD\n", "token=", "'", '"', "\\n", "%0A"].map((text) =>
      [text, ""] as const
    ),
  ),
);

test("no part of a planted secret gets out, among others, in one text and in chunks", () => {
  fc.assert(
    fc.property(
      fc.array(planted, { maxLength: 6 }),
      fc.constantFrom("\n\n", "\n", " "),
      fc.infiniteStream(fc.integer({ min: 1, max: 60 })),
      (pieces, between, sizes) => {
        const text = pieces.map(([piece]) => piece).join(between);
        const stream = new RedactingStream(new Redactor());
        let out = "";
        for (let at = 0; at < text.length;) out += stream.push(text.slice(at, at += sizes.next().value));
        for (const redacted of [new Redactor().redact(text), out + stream.flush()]) {
          const left = redacted.replace(/\[REDACTED_SECRET:[a-z0-9-]+:[a-z0-9]{6}\]/g, "\n");
          for (const [, secret] of pieces) {
            for (let at = 0; at + PART <= secret.length; at++) {
              ok(!left.includes(secret.slice(at, at + PART)), `${JSON.stringify(text)}\n${redacted}`);
            }
          }
        }
      },
    ),
    { numRuns: runs(4_000), seed: SEED },
  );
});

/** `text` with every placeholder asked back, as a whole value of `create`. */
function filled(text: string, redactor: Redactor): string {
  return text.replace(/\[REDACTED_SECRET:[a-z0-9-]+:[a-z0-9]{6}\]/g, (placeholder) => {
    const restored = restoreArguments({ tool: "create", ours: true, input: { text: placeholder } }, redactor);
    // Refused: it stays what it is.
    if (redactor.held(placeholder)?.sealed) return placeholder;
    if (restored.refused !== undefined) throw new Error(restored.refused);
    return (restored.arguments as { text: string }).text;
  });
}
