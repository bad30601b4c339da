import { deepEqual, equal, match, ok } from "node:assert/strict";
import fc from "fast-check";
import { Redactor } from "../../src/secrets/redactor.ts";
import { RedactingStream } from "../../src/secrets/redacting_stream.ts";
import { SECRET_RULES } from "../../src/secrets/secret_rules.ts";
import { runs, SEED } from "../runs.ts";
import { test } from "../sanitized.ts";

const KNOWN = "a known\nvalue of two lines";
const KEY = `-----BEGIN PRIVATE KEY-----\n${`${"QUJDRA0+".repeat(8)}\n`.repeat(30)}-----END PRIVATE KEY-----`;

function streamed(redactor: Redactor, chunks: readonly string[]): string[] {
  const stream = new RedactingStream(redactor);
  return [...chunks.map((chunk) => stream.push(chunk)), stream.flush()];
}

test("RedactingStream gives out each line when it ends", () => {
  deepEqual(streamed(new Redactor(), ["one\ntw", "o\nthree", " and"]), ["one\n", "two\n", "", "three and"]);
});

test("RedactingStream redacts as the whole text would be, wherever it is cut", () => {
  const piece = fc.oneof(
    fc.constantFrom(...SECRET_RULES.map(({ example }) => example)),
    fc.constantFrom(
      KNOWN,
      KEY,
      JSON.stringify(KNOWN),
      btoa(`x${KNOWN.repeat(4)}`).replace(/(.{76})/g, "$1\n"),
    ),
    fc.constantFrom(" ", "\n", "word ", "\x1b[1m", "line\n", "- name: DB_PASSWORD\n  value: hunter22xy\n"),
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 6 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 40 })),
      (pieces, sizes) => {
        const text = pieces.join("\n\n");
        const redactor = new Redactor();
        redactor.add(KNOWN);
        const whole = redactor.redact(text);
        const chunks: string[] = [];
        for (let at = 0; at < text.length;) chunks.push(text.slice(at, at += sizes.next().value));
        equal(streamed(redactor, chunks).join(""), whole);
      },
    ),
    { numRuns: runs(4_000), seed: SEED },
  );
});

test("RedactingStream lets no part of a secret out at any cut", () => {
  const secret = `ghp_${"a1B2".repeat(9)}`;
  const text = `first\ntoken ${secret} and ${KEY}\nlast`;
  for (let cut = 0; cut <= text.length; cut++) {
    const [first = "", second = ""] = streamed(new Redactor(), [text.slice(0, cut), text.slice(cut)]);
    ok(!/ghp_|QUJD|BEGIN/.test(first + second), `cut at ${cut}: ${first}|${second}`);
  }
});

test("RedactingStream holds back a bounded part of a line that does not end", () => {
  const redactor = new Redactor();
  const secret = `ghp_${"a1B2".repeat(9)}`;
  const stream = new RedactingStream(redactor);
  let [given, most] = [0, 0];
  let out = "";
  for (let turn = 0; turn < 200; turn++) {
    const chunk = `${"word ".repeat(300)}${secret} `;
    given += chunk.length;
    const before = out.length;
    out += stream.push(chunk);
    if (out.length === before) most = Math.max(most, given - out.length);
  }
  out += stream.flush();
  ok(!out.includes("a1B2"));
  equal(out.match(/\[REDACTED_SECRET:github-token:\w{6}\]/g)?.length, 200);
  ok(most < 128 * 1024, `${most} characters held back`);
});

test("RedactingStream goes on redacting a secret that is longer than what it holds back", () => {
  const stream = new RedactingStream(new Redactor());
  let out = stream.push("begin ghp_");
  for (let turn = 0; turn < 300; turn++) out += stream.push("a1B2".repeat(256));
  out += stream.push(" end");
  out += stream.flush();
  match(out, /^begin (\[REDACTED_SECRET:github-token:\w{6}\])+ end$/);
});

test("RedactingStream cuts no character in two", () => {
  const stream = new RedactingStream(new Redactor());
  let out = "";
  for (let turn = 0; turn < 40; turn++) {
    const piece = stream.push("a" + "😀".repeat(5_000));
    ok(piece.isWellFormed());
    out += piece;
  }
  equal(`${out}${stream.flush()}`, ("a" + "😀".repeat(5_000)).repeat(40));
});

test("RedactingStream gives a line out at once behind much that it held back", () => {
  const stream = new RedactingStream(new Redactor());
  const body = `${"QUJDRA0+".repeat(8)}\n`.repeat(900);
  equal(stream.push(body), "");
  equal(stream.push("done\n"), "");
  equal(stream.push("a line of words\n"), `${body}done\na line of words\n`);
  equal(stream.push(`${"word ".repeat(200_000)}\n`).length, 1_000_001);
  for (let line = 0; line < 20; line++) stream.push(`${"word ".repeat(100)}\n`);
  equal(stream.push("end of it\n"), "end of it\n");
});

test("RedactingStream holds the last lines of a key back until its end mark comes", () => {
  const text = `${KEY.slice(40)}\n done\n`;
  for (const size of [1, 17, 64, 5_000]) {
    const chunks = Array.from(
      { length: Math.ceil(text.length / size) },
      (_, at) => text.slice(at * size, (at + 1) * size),
    );
    const out = streamed(new Redactor(), chunks).join("");
    match(out, /^\[REDACTED_SECRET:private-key-end:\w{6}\]\n done\n$/);
  }
});

test("RedactingStream keeps a name for its value, coloured or behind the value of another one", () => {
  const secret = "33MIeh11FXJKq1foJu4QJnTz";
  for (const name of ["- name: DEPLOY_TOKEN", "\x1b[1m- name: DEPLOY_TOKEN\x1b[0m"]) {
    const lines = `${name}\n  value: ${secret} - name: DB_PASSWORD\n`;
    const out = streamed(new Redactor(), lines.split(/(?<=\n)/)).join("");
    ok(!out.includes(secret), out);
  }
});
