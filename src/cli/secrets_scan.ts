import { EXIT, type ExitCode, UserError } from "../domain/error.ts";
import { quotedPath } from "../domain/printable.ts";
import { PathError } from "../host/inspection.ts";
import type { Finding } from "../secrets/redactor.ts";
import { SECRET_RULES } from "../secrets/secret_rules.ts";
import type { Cli } from "./cli.ts";
import type { GlobalOptions } from "./leaf.ts";
import { readable, readAutopilot } from "./read_autopilot.ts";
import { table } from "./table.ts";

const STDIN_BYTES_MAX = 64 * 1024 * 1024;

/** Where a secret is. Lines and columns count from 1, columns in UTF-16 units. */
interface Place {
  readonly rule: string;
  readonly provider: string;
  readonly line: number;
  readonly column: number;
}

/** `secrets scan FILE|-`: values of this machine's configuration count, too. */
export async function scanForSecrets(
  cli: Cli,
  { json }: GlobalOptions & { json?: true },
  file: string,
): Promise<ExitCode> {
  readable(await cli.loadConfig());
  await readAutopilot(cli);
  const text = await textOf(cli, file);
  const secrets = placesOf(text, cli.findSecrets(text));
  if (json) cli.terminal.print(JSON.stringify({ schema: 1, secrets }, null, 2));
  else if (secrets.length > 0) {
    const rows = secrets.map(({ line, column, rule, provider }) => [`${line}:${column}`, rule, provider]);
    cli.terminal.print(table(["PLACE", "RULE", "OF"], rows));
  }
  cli.terminal.note(secrets.length === 1 ? "1 secret" : `${secrets.length} secrets`);
  return secrets.length === 0 ? EXIT.ok : EXIT.failed;
}

async function textOf({ host }: Cli, file: string): Promise<string> {
  if (file === "-") {
    const text = await host.console.readIn(STDIN_BYTES_MAX + 1);
    if (new TextEncoder().encode(text).length <= STDIN_BYTES_MAX) return text;
    throw new UserError(`Cannot scan stdin: it has more than ${STDIN_BYTES_MAX} bytes`, {
      hint: "scan it in parts: split --line-bytes=60M FILE",
      exitCode: EXIT.usage,
    });
  }
  try {
    const text = await host.readText(file);
    if (text !== undefined) return text;
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    throw new UserError(`Cannot scan ${quotedPath(file)}: ${error.reason}`, {
      hint:
        "give a UTF-8 text of at most 8 MiB; others of at most 64 MiB on stdin: stakpak secrets scan - < FILE",
      exitCode: EXIT.usage,
    });
  }
  throw new UserError(`Cannot scan ${quotedPath(file)}: it does not exist`, {
    hint: "give a file, or - for stdin",
    exitCode: EXIT.usage,
  });
}

function placesOf(text: string, found: readonly Finding[]): Place[] {
  const providers = new Map(SECRET_RULES.map(({ id, provider }) => [id, provider]));
  let line = 1;
  let lineStart = 0;
  return found.map(({ start, rule }) => {
    for (
      let end = text.indexOf("\n", lineStart);
      end >= 0 && end < start;
      end = text.indexOf("\n", lineStart)
    ) {
      line++;
      lineStart = end + 1;
    }
    return {
      rule,
      provider: providers.get(rule) ?? "this configuration",
      line,
      column: start - lineStart + 1,
    };
  });
}
