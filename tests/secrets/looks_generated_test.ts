import { deepEqual, equal, ok } from "node:assert/strict";
import { entropyOf, isReference, looksChosen, looksGenerated } from "../../src/secrets/looks_generated.ts";
import { test } from "../sanitized.ts";

test("entropyOf() counts bits per character", () => {
  equal(entropyOf("aaaa"), 0);
  equal(entropyOf("abab"), 1);
  equal(entropyOf("abcdefgh"), 3);
});

const GENERATED = [
  "k3j9x8m2q7w1",
  "8f14e45fceea167a5a36dedd4bea2543",
  "wJalrXUtnFEMI/K7MDENG/bPxRfiCYz1",
  "123e4567-e89b-12d3-a456-426614174000",
  "abcdefgh12345678",
  "QmFzZTY0VGV4dFdpdGhvdXREaWdpdHMB",
];
const ORDINARY = [
  "handle_request_timeout",
  "getUserNameFromDatabaseTable",
  "us-east-1",
  "2026-11-22T12:00:00Z",
  "1.2.3-beta.20261122",
  "python3-minimal",
  "/run/secrets/db_password_1",
  "sha512-Zk9x8m2q7w1aa",
  "${DB_PASSWORD_1}",
  "{{ .Values.token1 }}",
  "<your-token-1>",
  "process.env.TOKEN_1x2y",
  "getToken1x2y(user)",
  "xxxxxxxxxxxx1",
  "192.168.100.200",
  "1234567890123456",
  "web-tls-9x8c7",
  "prod/app/db-AbC1d2",
  "rsa.RSAPublicKey",
  "NSURLCredentialStorage",
  "X509CertificateChain",
  "[a-zA-Z0-9/_+=.@-]+$",
  ":py:data:1a2b",
];

test("looksGenerated() takes what machines make", () => {
  deepEqual(GENERATED.filter((text) => !looksGenerated(text)), []);
});

test("looksGenerated() leaves words, names, versions, dates, paths, references and code", () => {
  deepEqual(ORDINARY.filter((text) => looksGenerated(text)), []);
});

test("looksChosen() takes passwords of people, and leaves words and names", () => {
  deepEqual(
    ["hunter22", "Summer2026!", "correct-horse-7", "p@ssw0rd", "yBOjqRrzPzgK"].filter((text) =>
      !looksChosen(text)
    ),
    [],
  );
  deepEqual(
    ["required", "user.password", "config/db1/password", "short1", ...ORDINARY.slice(6, 15)]
      .filter((text) => looksChosen(text)),
    [],
  );
});

test("isReference() judges long values by their beginning", () => {
  ok(isReference(`\${${"A".repeat(100_000)}}`));
});
