import { UserError } from "../domain/error.ts";
import { readCapped } from "./capped_stream.ts";
import { pathError } from "./deno_files.ts";
import { BrokenPipe, type Console } from "./host.ts";
import { lineReader } from "./line_reader.ts";

const MAX_STDIN_BYTES = 1024 * 1024;

/** The standard streams of this process. */
export function denoConsole(): Console {
  const encoder = new TextEncoder();
  const write = (stream: { writeSync(bytes: Uint8Array): number }, text: string) => {
    const bytes = encoder.encode(text);
    for (let at = 0; at < bytes.length;) at += stream.writeSync(bytes.subarray(at));
  };
  return {
    outIsTerminal: Deno.stdout.isTerminal(),
    errIsTerminal: Deno.stderr.isTerminal(),
    inIsTerminal: Deno.stdin.isTerminal(),
    columns: Deno.stdout.isTerminal() ? Deno.consoleSize().columns : 80,
    out(text) {
      try {
        write(Deno.stdout, text);
      } catch (error) {
        if (error instanceof Deno.errors.BrokenPipe) throw new BrokenPipe();
        throw new UserError(pathError("stdout", error).message, { cause: error });
      }
    },
    err(text) {
      try {
        write(Deno.stderr, text);
      } catch {
        // Nobody reads our complaints.
      }
    },
    readIn: (maxBytes = MAX_STDIN_BYTES) => readCapped(Deno.stdin.readable, maxBytes),
    readLine: lineReader((buffer) => Deno.stdin.read(buffer)),
  };
}
