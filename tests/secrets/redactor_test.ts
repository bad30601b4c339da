import assert from "node:assert/strict";
import { Redactor } from "../../src/secrets/redactor.ts";
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
  "openai-key": "sk-proj-" + "abcdefghijklmnop1234",
  "slack-token": "xoxb-" + "123456789012-abcdefghij",
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

test("Redactor leaves ordinary text as it is", () => {
  const text =
    "2026-11-22T12:00:00Z docker_accessible: Docker answers (29.1) at unix:///var/run/docker.sock, 5:30";
  assert.equal(new Redactor().redact(text), text);
});
