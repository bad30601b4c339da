/**
 * `key = value`, where the key says that the value is secret and the value does not look like a word.
 *
 * The key and the value may stand in TOML, YAML, JSON, XML, a shell, a URL or a command line; as `name` and `value`
 * of a list, in this order; quoted or not.
 *
 * @module
 */
import { looksChosen, looksGenerated } from "./looks_generated.ts";
import { ALNUM, fake, formats, type SecretRule } from "./secret_rule.ts";

/** What a key may still say behind the word: `SECRET_KEY_BASE`, `password2`. Nothing like `_name` or `_file`. */
const TAIL =
  "(?:[_-]?(?:v?\\d{1,3}|key|base|prod|production|dev|staging|test|main|primary|secondary|old|new|value|data|hex|b64|base64|string|hash|code)){0,2}";
const EQUALS = String.raw`["'\]]{0,2}[ \t]{0,8}(?:=>|:=|={1,3}|:|>)[ \t]{0,8}`;
const NAME_AND_VALUE = String
  .raw`["']?,?[ \t]{0,4}\r?\n?[ \t]{0,40}["']?[Vv]alue["']?[ \t]{0,4}[:=][ \t]{0,8}`;
const OPTION = String.raw`(?<=[\s"']--?[a-z][a-z-]{0,40})["']?,?[ \t]{1,4}`;
/** The first two of a list, or of a call. A list of more words than that may name "password" as one of them. */
const SET_CALL = String.raw`(?<=[([{][ \t]{0,4}["'][\w.-]{1,64})["'][ \t]{0,4},[ \t]{0,4}(?=["'])`;
const VALUE =
  `(?:"(?<secret>[^"\\r\\n]{8,})(?=")|'(?<secret>[^'\\r\\n]{8,})(?=')|(?<secret>(?:[^\\s"'\`,;&<>\\\\]|\\\\(?![nrtu"'\\\\])){8,128}))`;

/** `key` is the source of a pattern that starts where its anchor stands. */
function assigned(key: string): RegExp {
  return new RegExp(`${key}${TAIL}(?:${EQUALS}|${NAME_AND_VALUE}|${OPTION}|${SET_CALL})${VALUE}`, "iy");
}

/** Keys of these owners are secret; others, such as a `primary_key` of words or a `PublicKeyToken`, are not. */
const KEY_OWNERS =
  "api|access|secret|private|auth|account|storage|encrypt|encryption|decryption|sign|signing|master|service|client|admin|license|deploy|shared|shared_?access|webhook|session|jwt|hmac|aes|consumer|subscription|integration|ingest|write|app|application|bot|server|root|cipher|primary|secondary|machine|validation|host|user|data";

export const ASSIGNED_RULES: readonly SecretRule[] = [
  ...formats("any", "https://owasp.org/www-community/vulnerabilities/Use_of_hard-coded_password", [
    {
      id: "password",
      anchors: ["passw", "passphrase", "passcode", "pwd"],
      pattern: assigned("(?:password|passwd|passwort|passphrase|passcode|pwd)"),
      example: 'password = "fake-Password-01"',
      accepts: looksChosen,
    },
    {
      id: "secret",
      anchors: ["secret", "credential", "token"],
      pattern: assigned(
        "(?<!(?:next|page|pagination|continuation|continue|publickey|sync|resume|cancellation|idempotency|max)[_-]?|checksum/|secretsmanager:[^\\s\"']{0,80}:)(?:secret|credentials?|token)",
      ),
      example: `DEPLOY_TOKEN=${fake(ALNUM, 32)}`,
      accepts: looksGenerated,
    },
    {
      id: "key",
      anchors: ["key"],
      pattern: assigned(`(?<=(?:${KEY_OWNERS})[_\\-. ]?)key`),
      example: `api_key: ${fake(ALNUM, 32)}`,
      accepts: looksGenerated,
    },
  ]),
];
