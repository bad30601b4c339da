/**
 * Secrets that no provider marks: keys, tokens, passwords in URLs and headers, as standards write them.
 *
 * @module
 */
import { isReference, looksGenerated } from "./looks_generated.ts";
import { ALNUM, BASE64, fake, formats, type SecretRule } from "./secret_rule.ts";

/** Between the lines of a key: line ends as such or as `\n`, indentation, quotes and what joins texts in code. */
const BETWEEN = String.raw`(?:[\s"'+,|>\\#]|\\[nr])`;
const ARMOUR = "[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----";
/** Up to the end mark; or, of a key that was cut, as far as its lines go. */
const PRIVATE_KEY = new RegExp(
  String.raw`-----BEGIN ${ARMOUR}(?:[^-]*(?:-(?!----)[^-]*)*-----END ${ARMOUR}|` +
    String
      .raw`(?:${BETWEEN}+(?:[A-Z][A-Za-z-]{2,20}: [^\n\\]{0,200}|[A-Za-z0-9+/=]{16,}))+(?:${BETWEEN}+[A-Za-z0-9+/=]{4,76}(?=\s|$|["'\\]))?)`,
  "y",
);

/** The last lines of a key, as `tail` shows them. `settled_lines.ts` keeps the same ones. */
const KEY_END = new RegExp(
  String
    .raw`(?<=(?<![A-Za-z0-9+/=])(?<before>[A-Za-z0-9+/=]{40,80}\r?\n[ \t]{0,40}(?:[A-Za-z0-9+/=]{4,80}\r?\n[ \t]{0,40}){0,120}))` +
    `-----END ${ARMOUR}`,
  "y",
);

/** Whether anything stands between the marks: not in code that looks for them. */
const holdsKey = (text: string) => /[A-Za-z0-9+/=]{16}/.test(text);

/** `-----BEGIN … PRIVATE KEY`, in base64. */
const ENCODED_KEY =
  /LS0tLS1CRUdJTi(?:BSU0EgUFJJVkFURS|BQUklWQVRFIEtFWS|BFQyBQUklWQVRFIE|BPUEVOU1NIIFBSSV|BFTkNSWVBURUQgUF|BEU0EgUFJJVkFURS|BQR1AgUFJJVkFURS)[A-Za-z0-9+/=]{16,}(?:\s+[A-Za-z0-9+/=]{60,76})*(?:\s+[A-Za-z0-9+/=]{1,76}(?=\s|$))?/y;

/** Whether base64 `text` is `name:password`. */
function holdsCredentials(text: string): boolean {
  const [, code] = /^([A-Za-z0-9+/_-]+)={0,2}$/.exec(text) ?? [];
  if (code === undefined || code.length % 4 === 1) return false;
  const plain = atob(code.replaceAll("-", "+").replaceAll("_", "/"));
  return /^[\x20-\x7e]{0,200}:[\x20-\x7e]{3,}$/.test(plain);
}

const notAReference = (secret: string) => !isReference(secret);

const RFC = "https://www.rfc-editor.org/rfc/";

/** Those of several lines. */
export const LONG_TEXT_RULES: readonly SecretRule[] = [
  ...formats("any", `${RFC}rfc7468`, [
    {
      id: "private-key",
      anchors: ["-----BEGIN "],
      pattern: PRIVATE_KEY,
      example: `-----BEGIN PRIVATE KEY-----\n${fake(BASE64, 64)}\n${
        fake(BASE64, 64)
      }\n-----END PRIVATE KEY-----`,
      accepts: holdsKey,
    },
    {
      id: "private-key-end",
      anchors: ["-----END "],
      pattern: KEY_END,
      example: `${fake(BASE64, 64)}\n${fake(BASE64, 32)}\n-----END PRIVATE KEY-----`,
    },
    {
      id: "encoded-private-key",
      anchors: ["LS0tLS1CRUdJTi"],
      pattern: ENCODED_KEY,
      example: `client-key-data: LS0tLS1CRUdJTiBQUklWQVRFIEtFWS${fake(BASE64, 120)}==`,
    },
    {
      id: "putty-private-key",
      anchors: ["Private-Lines: "],
      pattern: /Private-Lines: \d{1,4}(?:(?:\r?\n|(?:\\r)?\\n)[A-Za-z0-9+/=]{1,64}(?=[\s\\"']|$)){1,200}/y,
      example: `Private-Lines: 1\n${fake(BASE64, 64)}\n`,
    },
  ]),
];

export const TEXT_RULES: readonly SecretRule[] = [
  ...LONG_TEXT_RULES,
  ...formats("any", `${RFC}rfc7519`, [
    {
      id: "jwt",
      anchors: ["eyJ"],
      pattern:
        /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,16000}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]+){0,2}/y,
      example: `eyJ${fake(ALNUM, 33)}.eyJ${fake(ALNUM, 40)}.${fake(ALNUM, 43)}`,
    },
  ]),
  ...formats("any", `${RFC}rfc3986#section-3.2.1`, [
    {
      id: "url-password",
      anchors: ["://"],
      pattern: /:\/\/[^\s/:@"'<>`]{0,128}:(?<secret>[^\s/?#"'<>`]{1,128})(?=@[A-Za-z0-9[_-])/y,
      example: "postgres://ada:fake-password-01@db.example.com:5432/app",
      accepts: notAReference,
    },
    {
      id: "url-token",
      anchors: ["://"],
      pattern: /:\/\/(?<secret>[A-Za-z0-9_-]{20,128})(?=(?::x-oauth-basic)?@[A-Za-z0-9])/y,
      example: `https://${fake(ALNUM, 40)}@git.example.com/app.git`,
      accepts: looksGenerated,
    },
  ]),
  ...formats("any", `${RFC}rfc7235`, [
    {
      id: "authorization",
      anchors: ["authorization"],
      pattern:
        /authorization["'\]]{0,2}[ \t]{0,4}[:=,][ \t]{0,4}["'`]?(?:[A-Za-z][A-Za-z0-9-]{1,24} {1,4}(?:token=)?"?)?(?<secret>[A-Za-z0-9._~+/=:-]{8,128})/iy,
      example: `Authorization: Bearer ${fake(ALNUM, 32)}`,
      accepts: (secret) => looksGenerated(secret) || holdsCredentials(secret),
    },
    {
      id: "bearer-token",
      anchors: ["bearer "],
      pattern: /(?<![A-Za-z])bearer {1,4}(?<secret>[A-Za-z0-9._~+/=:-]{16,128})/iy,
      example: `bearer ${fake(ALNUM, 32)}`,
      accepts: looksGenerated,
    },
    {
      id: "basic-credentials",
      anchors: ["basic "],
      pattern: /(?<![A-Za-z])basic {1,4}(?<secret>[A-Za-z0-9+/_-]{8,512}={0,2})/iy,
      example: "Basic YWRhOmZha2UtcGFzc3dvcmQtMDE=",
      accepts: holdsCredentials,
    },
    {
      id: "cookie",
      anchors: ["cookie:"],
      pattern: /cookie: {0,4}[A-Za-z0-9_.-]{1,64}=(?<secret>[^\s"'\\]{16,128})/iy,
      example: `Set-Cookie: session=${fake(ALNUM, 32)}; HttpOnly`,
      accepts: looksGenerated,
    },
  ]),
];
