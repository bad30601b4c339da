import { equal } from "node:assert/strict";
import { type KnownTexts, settledLines } from "../../src/secrets/settled_lines.ts";
import { test } from "../sanitized.ts";

const nothingKnown: KnownTexts = { find: () => [], unfinished: (text) => text.length };

const OPEN: Readonly<Record<string, string>> = {
  "a private key that has begun": "-----BEGIN RSA PRIVATE KEY-----\n",
  "a private key in the middle": `-----BEGIN PRIVATE KEY-----\n${"QUJD".repeat(16)}\n`,
  "lines that may be a key's": `${"QUJD".repeat(16)}\n  ${"QUJD".repeat(16)}\nQUJD\n`,
  "a name whose value may follow": "- name: DB_PASSWORD\n",
  "a machine of netrc": "machine example.com\nlogin ada\n",
  "a line that goes on": "curl -u ada:secret-1 \\\n",
};

for (const [what, lines] of Object.entries(OPEN)) {
  test(`settledLines() keeps ${what}`, () => {
    equal(settledLines(`before\n${lines}`, nothingKnown), "before\n".length);
  });
}

test("settledLines() lets everything else go", () => {
  const lines = `token: abc\nan end\n-----BEGIN PRIVATE KEY-----\n${
    "QUJD".repeat(16)
  }\n-----END PRIVATE KEY-----\ndone\n`;
  equal(settledLines(lines, nothingKnown), lines.length);
});

test("settledLines() keeps the line in which a known value may begin", () => {
  const unfinished = (text: string) => text.endsWith("begin\n") ? text.length - 6 : text.length;
  equal(settledLines("one\ntwo begin\n", { ...nothingKnown, unfinished }), "one\n".length);
});

test("settledLines() keeps a full line of base64 in which a known value may begin", () => {
  const line = "QUJD".repeat(19);
  const unfinished = (text: string) => text.endsWith("QUJD") ? text.length - 4 : text.length;
  equal(settledLines(`one\n${line}\n`, { ...nothingKnown, unfinished }), "one\n".length);
});

test("settledLines() keeps all lines of a known value when the line behind has to be kept", () => {
  const known: KnownTexts = {
    find: (text) => [{ start: text.indexOf("two"), end: text.indexOf("three") + 5 }],
    unfinished: (text) => text.indexOf("begin"),
  };
  equal(settledLines("one\ntwo\nthree begin\n", known), "one\n".length);
});
