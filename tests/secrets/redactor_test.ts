import assert from "node:assert/strict";
import { Redactor } from "../../src/secrets/redactor.ts";
import { formsOf } from "../../src/secrets/value_forms.ts";
import { test } from "../sanitized.ts";

test("Redactor replaces a known value everywhere, by one stable placeholder", () => {
  const redactor = new Redactor();
  redactor.add("correct horse battery");
  const text = redactor.redact("a correct horse battery and a correct horse battery.");
  const [, tag] = /\[REDACTED_SECRET:known:([a-z0-9]{6})\]/.exec(text)!;
  assert.equal(text, `a [REDACTED_SECRET:known:${tag}] and a [REDACTED_SECRET:known:${tag}].`);
  assert.equal(redactor.redact("correct horse battery"), `[REDACTED_SECRET:known:${tag}]`);
});

test("Redactor takes the longer of two known values first", () => {
  const redactor = new Redactor();
  redactor.add("abcdefgh");
  redactor.add("abcdefgh-ijkl");
  assert.match(redactor.redact("abcdefgh-ijkl"), /^\[REDACTED_SECRET:known:\w{6}\]$/);
});

test("Redactor does not blank out short values, which would hit ordinary words", () => {
  const redactor = new Redactor();
  redactor.add("test");
  assert.equal(redactor.redact("a test"), "a test");
});

test("Redactor keeps a known value with regular expression characters literal", () => {
  const redactor = new Redactor();
  redactor.add("$&.*+?^abc$1");
  assert.doesNotMatch(redactor.redact("x $&.*+?^abc$1 y"), /abc/);
});

const SHAPES: Readonly<Record<string, string>> = {
  "anthropic-key": "sk-ant-" + "api03-abcdefgh12345678",
  "openai-project-key": "sk-proj-" + "abcdefghijklmnop1234",
  "slack-bot-token": "xoxb-" + "123456789012-abcdefghij",
  "slack-app-token": "xapp-" + "1-A0123-456-abcdef",
  "telegram-token": "123456789:" + "AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc",
  "github-token": "ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789",
  "aws-key-id": "AKIA" + "ABCDEFGHIJKLMNOP",
  "google-key": "AIza" + "SyA1234567890abcdefghijklmnopqrstuvw",
  "jwt": "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0." +
    "dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
  "url-password": "https://ada:" + "hunter22@example.com/",
  "authorization": "Authorization: Bearer " + "abcdefgh12345678",
};

for (const [rule, text] of Object.entries(SHAPES)) {
  test(`Redactor finds a ${rule} that nobody registered`, () => {
    assert.match(new Redactor().redact(`before ${text} after`), new RegExp(`\\[REDACTED_SECRET:${rule}:`));
  });
}

test("Redactor finds a known value in every form, and names all by one placeholder", () => {
  const redactor = new Redactor();
  const value = `pa"ss/wörd 'x' 1%`;
  redactor.add(value);
  const placeholder = redactor.redact(value);
  for (const { text } of formsOf(value)) assert.equal(redactor.redact(`( ${text} )`), `( ${placeholder} )`);
});

test("Redactor knows a long value by its pieces", () => {
  const redactor = new Redactor();
  const value = Array.from({ length: 2_000 }, (_, index) => `piece-${index}`).join(" ");
  redactor.add(value);
  assert.match(redactor.redact(`a ${value} b`), /^a (\[REDACTED_SECRET:known:\w{6}\])+ b$/);
});

test("Redactor replaces a seen value wherever it comes again, in the same text and later", () => {
  const redactor = new Redactor();
  const text = redactor.redact("hunter22xy is it: postgres://ada:hunter22xy@db/app");
  const [, placeholder] = /^(\S+) is it: postgres:\/\/ada:\1@db\/app$/.exec(text)!;
  assert.equal(redactor.redact("and hunter22xy again"), `and ${placeholder} again`);
  assert.equal(redactor.held(placeholder!)?.value, "hunter22xy");
});

test("Redactor does not look for a short seen value elsewhere", () => {
  const redactor = new Redactor();
  assert.match(
    redactor.redact("postgres://ada:root@db/app"),
    /ada:\[REDACTED_SECRET:url-password:\w{6}\]@db/,
  );
  assert.equal(redactor.redact("root is a user"), "root is a user");
});

test("Redactor takes all of a secret of which it saw the beginning before", () => {
  const redactor = new Redactor();
  const lines = Array.from({ length: 6 }, (_, index) => `${index}abcDEF+/`.repeat(7)).join("\n");
  const key = `-----BEGIN PRIVATE KEY-----\n${lines}\n-----END PRIVATE KEY-----`;
  redactor.redact(key.slice(0, 200));
  assert.match(redactor.redact(`a ${key} b`), /^a \[REDACTED_SECRET:private-key:\w{6}\] b$/);
});

test("Redactor seals a seen value that turns out to be the supervisor's", () => {
  const redactor = new Redactor();
  const placeholder = redactor.redact("postgres://ada:hunter22xy@db/app").slice(15, -7);
  assert.equal(redactor.held(placeholder)?.sealed, false);
  redactor.add("hunter22xy");
  assert.equal(redactor.held(placeholder)?.sealed, true);
});

test("Redactor seals what is found around a sealed value", () => {
  const redactor = new Redactor();
  redactor.add("sealed-value-1");
  const text = redactor.redact(
    "-----BEGIN PRIVATE KEY-----\nAAAABBBBCCCCDDDD\nsealed-value-1\nEEEE\n-----END PRIVATE KEY-----",
  );
  assert.match(text, /^\[REDACTED_SECRET:[\w-]+:\w{6}\]$/);
  assert.equal(redactor.held(text)?.sealed, true);
});

test("Redactor.see() makes a value secret that no rule would find", () => {
  const redactor = new Redactor();
  const placeholder = redactor.see("a made password", "password");
  assert.equal(redactor.redact("it is a made password."), `it is ${placeholder}.`);
});

test("Redactor gives two sessions different placeholders", () => {
  const texts = [new Redactor(), new Redactor()].map((redactor) =>
    redactor.redact("postgres://a:hunter22xy@db")
  );
  assert.notEqual(texts[0], texts[1]);
});

test("Redactor leaves ordinary text as it is", () => {
  const text =
    "2026-11-22T12:00:00Z docker_accessible: Docker answers (29.1) at unix:///var/run/docker.sock, 5:30";
  assert.equal(new Redactor().redact(text), text);
});

test("Redactor does not look again for a word that only stood in a secret's place", () => {
  const redactor = new Redactor();
  assert.doesNotMatch(redactor.redact("http://user:Passwort@example.com/"), /Passwort/);
  assert.equal(redactor.redact("Das Passwort ist lang"), "Das Passwort ist lang");
});

const KEY_LINES = [
  "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEA",
  "AoIBAQCuZ3x9Kq7Rt2Lm9Xc4VbNw8Yp5Hs1Jd6Gv0Ke2",
];

test("Redactor finds the last lines of a private key without its beginning", () => {
  const text = `shown\n${KEY_LINES.join("\n")}\nQ2==\n-----END PRIVATE KEY-----\nend`;
  assert.match(new Redactor().redact(text), /^shown\n\[REDACTED_SECRET:private-key-end:\w{6}\]\nend$/);
});

test("Redactor knows each line of a key that it knows, and gives back no more than that line", () => {
  const key = `-----BEGIN PRIVATE KEY-----\n${KEY_LINES.join("\n")}\n-----END PRIVATE KEY-----`;
  const [sealed, seen] = [new Redactor(), new Redactor()];
  sealed.add(key);
  seen.redact(key);
  const line = (redactor: Redactor) => redactor.held(redactor.redact(`2: ${KEY_LINES[1]}`).slice(3));
  assert.equal(line(sealed)?.sealed, true);
  assert.equal(line(seen)?.sealed, false);
  assert.equal(line(seen)?.value, KEY_LINES[1]);
});

test("Redactor takes nothing for a placeholder that has a known value in it", () => {
  const redactor = new Redactor();
  redactor.add("correct-horse-battery");
  const forged = "[REDACTED_SECRET:correct-horse-battery:abc234]";
  assert.doesNotMatch(redactor.redact(`a ${forged} b`), /horse/);
  const own = redactor.redact("correct-horse-battery");
  assert.equal(
    redactor.redact(`${own} [REDACTED_SECRET:known:abc234]`),
    `${own} [REDACTED_SECRET:known:abc234]`,
  );
});
