/**
 * Where a report goes: `--output FILE` takes the `--format`, `--output FORMAT=FILE` its own, `-` is stdout.
 *
 * Without a plain `FILE` the report also goes to stdout. Files are opened before anything is asked, so that the
 * right to write can be given up.
 *
 * @module
 */
import { EXIT, UserError } from "../domain/error.ts";
import type { OutputFile } from "../host/host.ts";
import { PathError } from "../host/inspection.ts";
import { FORMATS } from "../probes/formats.ts";
import type { Report } from "../probes/report.ts";
import type { Cli } from "./cli.ts";
import { isOwnFile } from "./own_file.ts";

export interface ReportOutputs extends AsyncDisposable {
  write(report: Report): Promise<void>;
}

interface Target {
  readonly path: string;
  readonly format: string;
  /** `FORMAT=` was written. */
  readonly extra: boolean;
}

/** Opens every `--output`. Rejects with {@linkcode UserError} (exit 2) for one that cannot be written. */
export async function openReportOutputs(
  cli: Cli,
  { format, output = [] }: { readonly format: string; readonly output?: readonly string[] },
): Promise<ReportOutputs> {
  await using opened = new AsyncDisposableStack();
  const targets = output.map((text) => targetOf(text, format));
  const files: { file: OutputFile; format: string }[] = [];
  for (const { path, format } of targets) {
    files.push({ file: opened.use(isStdout(path) ? stdoutOf(cli) : await openFile(cli, path)), format });
  }
  const alsoStdout = targets.every(({ path, extra }) => extra && !isStdout(path));
  const kept = opened.move();
  return {
    async write(report) {
      const { color, columns } = cli.terminal;
      if (alsoStdout) cli.terminal.show(render(report, format, color, columns));
      for (const { file, format } of files) await file.write(render(report, format, false, columns));
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

function targetOf(text: string, fallback: string): Target {
  const [, format, path] = /^([a-z]+)=(.*)$/s.exec(text) ?? [];
  if (format === undefined || path === undefined) return { format: fallback, path: text, extra: false };
  const names = FORMATS.map((known) => known.name);
  if (names.some((name) => name === format)) return { format, path, extra: true };
  throw new UserError(`Cannot write --output ${text}: there is no format "${format}"`, {
    hint: `use one of ${names.join(", ")}, or ./${text} for a file of that name`,
    exitCode: EXIT.usage,
  });
}

/** Deno opens no device files without every right, so the common name for stdout is read as what it means. */
function isStdout(path: string): boolean {
  return path === "-" || path === "/dev/stdout";
}

function stdoutOf(cli: Cli): OutputFile {
  return {
    write: (text) => Promise.resolve(cli.terminal.print(text)),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

async function openFile(cli: Cli, path: string): Promise<OutputFile> {
  try {
    if (path === "" || await isOwnFile(cli, path)) {
      throw new PathError(path, path === "" ? "it is blank" : "it is a file that stakpak itself needs");
    }
    return await cli.host.openOutput(path);
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    throw new UserError(`Cannot write --output ${path || '""'}: ${error.reason}`, {
      hint: "give another file, in a folder that exists, or - for stdout",
      exitCode: EXIT.usage,
      cause: error,
    });
  }
}

function render(report: Report, name: string, color: boolean, columns: number): string {
  return FORMATS.find((format) => format.name === name)!.render(report, { color, columns });
}
