/**
 * The block that carries a box's certificate authority over its stdout, written and read. docs/handshake.md is
 * the contract.
 *
 * @module
 */
import { readAuthority } from "./identity.ts";

const BEGIN = "---BEGIN STAKPAK SERVER CA---";
const END = "---END STAKPAK SERVER CA---";
/** A certificate has 1 KiB; the rest is room for what an entrypoint may say first. */
const MAX_CHARACTERS = 64 * 1024;

/** The output of a box ended or went wrong before its authority was known. */
export class HandshakeError extends Error {
  override readonly name = "HandshakeError";
}

/** The block, with a newline at its end. */
export function renderServerCa(caPem: string): string {
  return `${BEGIN}\n${caPem.trim()}\n${END}\n`;
}

/**
 * Reads lines until the block has ended and gives the certificate in it. The iterator is not closed: whoever
 * owns it goes on reading, so that the box never waits for a full pipe. Rejects with {@linkcode HandshakeError}.
 * The deadline is the caller's, as closing the stream is.
 */
export async function readServerCa(lines: AsyncIterator<string>): Promise<string> {
  let block: string[] | undefined;
  let characters = 0;
  for (;;) {
    const next = await lines.next();
    if (next.done) throw new HandshakeError(`Cannot trust the box: its output ended ${where(block)}`);
    characters += next.value.length + 1;
    if (characters > MAX_CHARACTERS) {
      throw new HandshakeError(
        `Cannot trust the box: more than ${MAX_CHARACTERS} characters ${where(block)}`,
      );
    }
    const line = next.value.trim();
    if (line === BEGIN) block = [];
    else if (line === END && block) return certificateIn(block);
    else block?.push(line);
  }
}

function where(block: string[] | undefined): string {
  return block ? `inside the block that starts with ${BEGIN}` : `before a line ${BEGIN}`;
}

function certificateIn(block: string[]): string {
  try {
    return readAuthority(block.join("\n"));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new HandshakeError(`Cannot trust the box: what it printed as its authority is wrong: ${reason}`, {
      cause,
    });
  }
}
