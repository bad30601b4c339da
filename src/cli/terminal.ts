/**
 * The only printer.
 *
 * Data goes to stdout, everything else to stderr. An error is two lines: `error: …` and `hint: …`, no stack.
 * Colour only on a terminal, and not with NO_COLOR (unless empty), TERM=dumb or --no-color. Every text but
 * what `reveal` is given passes the redactor on its way out; nothing else in the program writes to a stream. A file or a command line may hold
 * characters that act on a terminal: they are shown as what they are.
 *
 * @module
 */
import type { UserError } from "../domain/error.ts";
import { plainText } from "../domain/plain_text.ts";
import type { Console, Host } from "../host/host.ts";

export interface Terminal {
  /** Data, to stdout. A newline is added. */
  print(text: string): void;
  /** The same for a text that is painted, and made of plain text. */
  show(text: string): void;
  /** A piece of a text, to stdout: nothing is added, and tabs stay. */
  write(piece: string): void;
  /** Data that holds a secret, to stdout, since its owner asked for just that: it is not redacted. For `token` alone. */
  reveal(text: string): void;
  /** A remark, to stderr. */
  note(text: string): void;
  /** Something to mind, to stderr, with `warning:` before it. */
  warn(text: string): void;
  /** A failure the user can act on. */
  fail(error: UserError): void;
  /** A failure that is ours: with the stack, and where to report it. */
  bug(error: unknown): void;
  /**
   * Asks on stderr, and resolves to the line that is typed; to `undefined` where stdin has ended. For `asks` alone.
   * Rejects with the signal's reason when that aborts.
   */
  ask(question: string, signal: AbortSignal): Promise<string | undefined>;
  /** Whether somebody is there to answer: stdin and stderr are a terminal. */
  readonly asks: boolean;
  /** Whether stdout is a terminal: somebody watches a text come. */
  readonly streams: boolean;
  /** Whether stdout takes colour. */
  readonly color: boolean;
  readonly columns: number;
}

const RED = "\x1b[31m";
const YELLOW = "\x1b[33m";
const RESET = "\x1b[0m";

export interface TerminalOptions {
  /** `false` is `--no-color`. */
  readonly color: boolean;
  redact(text: string): string;
}

/** A terminal on the streams of `host`. */
export function terminalOn(host: Host, { color, redact }: TerminalOptions): Terminal {
  const wanted = color && !host.env("NO_COLOR") && host.env("TERM") !== "dumb";
  const say = (prefix: string, tint: string, text: string) => {
    const painted = wanted && host.console.errIsTerminal ? `${tint}${prefix}${RESET}` : prefix;
    host.console.err(`${painted}${plain(redact(text))}\n`);
  };
  return {
    print: (text) => host.console.out(withNewline(plain(redact(text)))),
    show: (text) => host.console.out(withNewline(redact(text))),
    write: (piece) => host.console.out(redact(piece).split("\t").map(plain).join("\t")),
    reveal: (text) => host.console.out(withNewline(plain(text))),
    note: (text) => say("", "", text),
    warn: (text) => say("warning: ", YELLOW, text),
    fail(error) {
      say("error: ", RED, error.message);
      if (error.hint) say("hint: ", "", error.hint);
    },
    bug(error) {
      say(
        "error: ",
        RED,
        `stakpak has a bug: ${error instanceof Error ? error.stack ?? error.message : String(error)}`,
      );
      say("hint: ", "", "report it at https://github.com/stakpak/agent/issues");
    },
    ask(question, signal) {
      host.console.err(`${plain(redact(question))} `);
      return host.console.readLine(signal);
    },
    asks: host.console.inIsTerminal && host.console.errIsTerminal,
    streams: host.console.outIsTerminal,
    color: wanted && host.console.outIsTerminal,
    columns: widthOf(host.console, host.env("COLUMNS")),
  };
}

function plain(text: string): string {
  return plainText(text, { newlines: "keep" });
}

function withNewline(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}

function widthOf(console: Console, columns: string | undefined): number {
  const asked = Number(columns);
  return Number.isInteger(asked) && asked > 0 ? asked : console.columns;
}
