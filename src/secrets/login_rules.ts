/**
 * Passwords where programs take them: command lines, connection strings, the files of tools.
 *
 * @module
 */
import { isReference } from "./looks_generated.ts";
import { ALNUM, fake, formats, type SecretRule } from "./secret_rule.ts";

const notAReference = (secret: string) => !isReference(secret);

/** Blanks, or one line end. */
const GAP = "(?:[ \\t]+|[ \\t]*\\r?\\n[ \\t]*)";

export const LOGIN_RULES: readonly SecretRule[] = [
  ...formats("curl", "https://curl.se/docs/manpage.html#-u", [
    {
      id: "curl-user",
      anchors: ["curl "],
      pattern:
        /curl (?:[^\n]{0,200}? )?(?:-u|--user|--proxy-user)[ =]?["']?[^\s:"']{1,64}:(?<secret>[^\s"']{3,128})/y,
      example: "curl -s -u ada:fake-password-01 https://example.com",
      accepts: notAReference,
    },
  ]),
  ...formats("sshpass", "https://manpages.debian.org/sshpass", [
    {
      id: "sshpass",
      anchors: ["sshpass "],
      pattern: /sshpass (?:-[vV] )?-p ?["']?(?<secret>[^\s"']{3,128})/y,
      example: "sshpass -p fake-password-01 ssh ada@example.com",
      accepts: notAReference,
    },
  ]),
  ...formats("netrc", "https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html", [
    {
      id: "netrc",
      anchors: ["login "],
      pattern: new RegExp(
        `(?<=(?:machine${GAP}\\S{1,100}|default)${GAP})login${GAP}\\S{1,64}${GAP}password${GAP}(?<secret>\\S{3,128})`,
        "y",
      ),
      example: "machine example.com login ada password fake-password-01",
      accepts: notAReference,
    },
  ]),
  ...formats(
    "ADO.NET and ODBC",
    "https://learn.microsoft.com/en-us/dotnet/framework/data/adonet/connection-string-syntax",
    [
      {
        id: "connection-string",
        anchors: ["password=", "pwd="],
        pattern: /(?<=[;"'] ?)(?:password|pwd)=(?<secret>[^;"'\s&]{3,128})(?=[;"']|\s|$)/iy,
        example: "Server=db;Database=app;User Id=ada;Password=fake-password-01;",
        accepts: notAReference,
      },
    ],
  ),
  ...formats("Docker", "https://docs.docker.com/reference/cli/docker/login/#credential-stores", [
    {
      id: "docker-auth",
      anchors: ['"auth"', '"_auth"'],
      pattern: /"_?auth"[ \t]{0,4}:[ \t]{0,4}"(?<secret>[A-Za-z0-9+/]{12,4096}={0,2})(?=")/y,
      example: `"auths": {"https://index.docker.io/v1/": {"auth": "${fake(ALNUM, 32)}"}}`,
    },
  ]),
  ...formats("crypt", "https://manpages.debian.org/crypt.5", [
    {
      id: "password-hash",
      anchors: ["$1$", "$2a$", "$2b$", "$2y$", "$5$", "$6$", "$y$", "$7$", "$apr1$", "$argon2", "$scrypt"],
      pattern:
        /\$(?:1|5|6|7|y|apr1|2[aby]|argon2(?:id|i|d)|scrypt)\$(?:[A-Za-z0-9=,]{1,40}\$){0,2}[A-Za-z0-9./+$]{22,200}/y,
      example: `root:$6$fakesalt$${fake(ALNUM, 86)}:20000:0:99999:7:::`,
    },
  ]),
  ...formats("PostgreSQL", "https://www.postgresql.org/docs/current/libpq-pgpass.html", [
    {
      id: "pgpass",
      anchors: [":5432:"],
      pattern:
        /(?<=[A-Za-z0-9.*-]{1,100}):5432:[A-Za-z0-9_*-]{1,63}:[A-Za-z0-9_*-]{1,63}:(?<secret>[^\s:"']{3,128})(?=[\s"'\\]|$)/y,
      example: "db.example.com:5432:app:ada:fake-password-01",
    },
  ]),
];
