import type { SecretRule } from "../../src/secrets/secret_rule.ts";

/** A text made to cost as much time as it can. */
export interface Attack {
  readonly name: string;
  readonly text: () => string;
}

/** What makes patterns look far, and again: beginnings without ends, and beginnings in beginnings. */
const UNITS: readonly string[] = [
  ..."\\ % \x1b ' & \n".split(" "),
  ...["%41", "%E2%82", "\x1b[", "\x1b[1;", "\x1b]0;", "\\\\", "\\u0041", "\\u00", "&amp;", "'\\''", "\\\n"],
  ...[
    "-----BEGIN PRIVATE KEY-----",
    "-----BEGIN PRIVATE KEY-----\n",
    "-----BEGIN PRIVATE KEY-----a",
    "-----",
  ],
  ...[
    "-----BEGIN PRIVATE KEY-----\nabcdefghabcdefgh\n",
    "-----BEGIN PRIVATE KEY-----\nA: b\n",
    "Private-Lines: 1\n",
    "-----END ",
    "QUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJD\n",
    "QUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJD\nA1B2\n-----END ",
    "%0A%0d%41",
    "\\n\\u001b[1m",
    "arn:aws:secretsmanager:a:secret:",
    "[REDACTED_SECRET:aaaaaaaa:aaaaaa]\n",
  ],
  ...[
    "://a:",
    "://a:b",
    "a:b@",
    "://a@",
    "eyJaaaaaaaa.",
    "eyJaaaaaaaa.aaaaaaaaa.",
    "sk-a1",
    "Bearer a1b2",
    "basic YWE6",
  ],
  ...[
    'password="',
    "password='x\"",
    "password=a1",
    "pwd:a1b2c3d4,",
    ";pwd=",
    "token: ",
    "token:",
    "key\n",
    "api_key=",
  ],
  ...[
    "name: password\n",
    "--token ",
    "-p token ",
    "secret secret_key_base",
    "curl -u ",
    "curl x ",
    "login a password ",
  ],
  ...[
    "machine a login ",
    "$6$",
    "$6$a$",
    "authorization: a ",
    "authorization=a1b2c3d4",
    "cookie: a=b1c2d3e4",
  ],
  ...[
    "[REDACTED_SECRET:",
    "[REDACTED_SECRET:known:aaaaaa]",
    `${"A".repeat(60)}\n`,
    `${"A".repeat(76)}\n `,
    "\u{1f600}",
  ],
];

/** Texts of `length` characters: the units above, and what each rule's anchors and example give. */
export function attacksOn(rules: readonly SecretRule[], length: number): Attack[] {
  const filled = (unit: string) => () => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
  const ofRules = rules.flatMap(({ id, anchors, example }) => [
    ...anchors.flatMap((anchor) => [
      { name: `${id}: ${anchor}…`, text: filled(anchor) },
      { name: `${id}: ${anchor}=…`, text: filled(`${anchor}=`) },
      { name: `${id}: ${anchor}a1…`, text: filled(`${anchor}a1`) },
      { name: `${id}: ${anchor} and one run`, text: () => `${anchor}${"a1".repeat(length / 2)}` },
    ]),
    { name: `${id}: its example`, text: filled(`${example} `) },
    { name: `${id}: its example cut`, text: filled(example.slice(0, -1)) },
    { name: `${id}: half of it`, text: filled(example.slice(0, example.length / 2)) },
  ]);
  return [...UNITS.map((unit) => ({ name: JSON.stringify(unit), text: filled(unit) })), ...ofRules];
}
