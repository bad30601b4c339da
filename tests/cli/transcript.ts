/**
 * CLI tests that read like a session.
 *
 * ```
 * # what it shows
 * machine no_docker            a named machine of tests/fakes/machines.ts (tests/cli/fake only)
 * file .stakpak/config.toml    a file under HOME; its lines follow, each after "| "
 * | [profiles.default]
 * env NO_COLOR=1               set for the commands that follow
 * stdin secret                 what the next command reads
 * $ stakpak config validate
 * > 0 errors, 0 warnings       a line of stdout; "…" stands for any text, a line "> ..." for any lines
 * ! hint: …                    a line of stderr, likewise
 * exit 0
 * same .stakpak/config.toml    the file has not changed since it was written above
 * holds .stakpak/config.toml   the file now has exactly these lines
 * | [profiles.default]
 * ```
 *
 * @module
 */
import assert from "node:assert/strict";

export interface Step {
  readonly line: number;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly out: string[];
  readonly err: string[];
  exit: number;
  readonly files: { path: string; lines: string[] | "same"; line: number }[];
}

export interface Transcript {
  readonly title: string;
  readonly machine?: string;
  /** Text by path under HOME. */
  readonly files: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

/** What a command left behind. */
export interface Outcome {
  readonly out: string;
  readonly err: string;
  readonly exit: number;
}

/** Where a transcript's commands run. */
export interface Stage {
  run(step: Step): Promise<Outcome>;
  read(path: string): Promise<string | undefined>;
}

/** Parses one transcript; throws on a line it does not know. */
export function parseTranscript(text: string): Transcript {
  const files: Record<string, string> = {};
  const steps: Step[] = [];
  const env: Record<string, string> = {};
  let title = "";
  let machine: string | undefined;
  let stdin: string | undefined;
  let block: ((line: string) => void) | undefined;
  for (const [index, line] of text.split("\n").entries()) {
    const step = steps.at(-1);
    const [, mark, rest = ""] = /^(\S+) ?(.*)$/.exec(line) ?? [];
    if (mark === undefined) continue;
    if (mark === "#") title ||= rest;
    else if (mark === "machine") machine = rest;
    else if (mark === "file") block = writer(files, rest);
    else if (mark === "|") block!(rest);
    else if (mark === "env") env[rest.split("=")[0]!] = rest.slice(rest.indexOf("=") + 1);
    else if (mark === "stdin") stdin = rest;
    else if (mark === "$") {
      const args = words(rest).slice(1);
      steps.push({
        line: index + 1,
        args,
        env: { ...env },
        ...(stdin === undefined ? {} : { stdin }),
        out: [],
        err: [],
        exit: 0,
        files: [],
      });
      stdin = undefined;
    } else if (mark === ">") step!.out.push(rest);
    else if (mark === "!") step!.err.push(rest);
    else if (mark === "exit") step!.exit = Number(rest);
    else if (mark === "same") step!.files.push({ path: rest, lines: "same", line: index + 1 });
    else if (mark === "holds") {
      const lines: string[] = [];
      step!.files.push({ path: rest, lines, line: index + 1 });
      block = (text) => void lines.push(text);
    } else throw new Error(`line ${index + 1}: a transcript has no "${mark}"`);
  }
  assert.ok(steps.length > 0, "a transcript needs a command");
  return { title, ...(machine === undefined ? {} : { machine }), files, steps };
}

function writer(files: Record<string, string>, path: string): (line: string) => void {
  files[path] = "";
  return (line) => void (files[path] += `${line}\n`);
}

/** Plays every step on `stage` and compares. */
export async function play(transcript: Transcript, stage: Stage): Promise<void> {
  for (const step of transcript.steps) {
    const outcome = await stage.run(step);
    const seen = `\n--- line ${step.line}: ${
      step.args.join(" ")
    }\n--- stdout\n${outcome.out}--- stderr\n${outcome.err}--- exit ${outcome.exit}`;
    assertLines(outcome.out, step.out, `stdout differs${seen}`);
    assertLines(outcome.err, step.err, `stderr differs${seen}`);
    assert.equal(outcome.exit, step.exit, `exit code differs${seen}`);
    for (const { path, lines, line } of step.files) {
      const wanted = lines === "same" ? transcript.files[path] : lines.map((text) => `${text}\n`).join("");
      assert.equal(await stage.read(path), wanted, `line ${line}: ${path} differs`);
    }
  }
}

/** Compares a text with wanted lines; `…` stands for any text in a line, a line `...` for any number of lines. */
export function assertLines(text: string, wanted: readonly string[], message: string): void {
  const pattern = wanted.map((line) =>
    line === "..." ? "(?:.*\\n)*?" : `${line.split("…").map(literal).join(".*")}\\n`
  ).join("");
  assert.match(text, new RegExp(`^${pattern}$`), message);
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Words of a command line, with '…' and "…" as a shell takes them, without expansion. */
export function words(line: string): string[] {
  return [...line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) =>
    word.replace(/'([^']*)'|"([^"]*)"/g, "$1$2")
  );
}
