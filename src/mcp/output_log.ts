/**
 * What a tool puts out: all of it, or its end and the file where it lies whole. Memory stays bounded.
 *
 * @module
 */
import type { OutputFile } from "../host/host.ts";
import { PathError } from "../host/inspection.ts";
import { prune, sessionFolder, stamp } from "./session_folder.ts";
import type { ToolScope } from "./tool.ts";

/** From this many lines on, and above this many bytes, an output goes to a file. Source: DESIGN §9. */
export const OUTPUT_LINES = 300;
export const OUTPUT_BYTES = 64 * 1024;
/** What is beyond is counted, not kept: a command that never stops must not fill the disk. */
const FILE_BYTES_MAX = 256 * 1024 * 1024;
const LONGEST_WORD = 8 * 1024;
/** Of the outputs of earlier calls. */
const KEPT = { most: 50, mostBytes: 1024 * 1024 * 1024 };

export interface OutputLog extends AsyncDisposable {
  /** Waits for the disk. Rejects only for our bugs: a file that cannot be written is said in `shown`. */
  write(text: string): Promise<void>;
  /** What to tell of it so far; without the last newline. `""` when there is nothing. */
  shown(): string;
}

/** Files that are being written, so that they are not pruned. */
const OPEN = new Set<string>();

/** @param tool names the file: `tool-output.stakpak.<tool>.<time>.txt` */
export function outputLog(scope: ToolScope, tool: string): OutputLog {
  const encoder = new TextEncoder();
  let tail = "";
  let bytes = 0;
  let newlines = 0;
  let file: OutputFile | undefined;
  let path = "";
  let saved = 0;
  let trouble: string | undefined;

  const lines = () => newlines + (tail === "" || tail.endsWith("\n") ? 0 : 1);
  const isLong = () => lines() >= OUTPUT_LINES || bytes > OUTPUT_BYTES;

  async function save(text: string): Promise<void> {
    if (trouble !== undefined || saved >= FILE_BYTES_MAX) return;
    try {
      if (!file) ({ file, path } = await open(scope, tool));
      await file.write(text);
      saved += encoder.encode(text).length;
    } catch (error) {
      if (!(error instanceof PathError)) throw error;
      trouble = error.message;
    }
  }

  return {
    async write(text) {
      const wasLong = isLong();
      bytes += encoder.encode(text).length;
      newlines += newlinesIn(text);
      tail += text;
      if (!isLong()) return;
      await save(wasLong ? text : tail);
      // Twice what is shown, so that lines which fit into it are whole.
      if (tail.length > 4 * OUTPUT_BYTES) tail = tail.slice(-2 * OUTPUT_BYTES);
    },
    shown() {
      if (!isLong()) return tail.replace(/\n$/, "");
      const last = lastLines(tail);
      const fits = encoder.encode(last).length <= OUTPUT_BYTES && lines() >= OUTPUT_LINES;
      const shown = fits ? last : lastBytes(tail);
      const amount = fits
        ? `${OUTPUT_LINES} / ${lines()} output lines`
        : `${encoder.encode(shown).length} / ${bytes} output bytes`;
      const where = trouble !== undefined
        ? `The rest could not be saved: ${trouble}`
        : `${saved < bytes ? `First ${saved} bytes of the` : "Full"} output saved to ${path}`;
      return `Showing the last ${amount}. ${where}\n...\n${shown}`;
    },
    async [Symbol.asyncDispose]() {
      OPEN.delete(path);
      await file?.[Symbol.asyncDispose]();
    },
  };
}

async function open(scope: ToolScope, tool: string): Promise<{ file: OutputFile; path: string }> {
  const folder = await sessionFolder(scope);
  await prune(scope.host, folder, { ...KEPT, inUse: OPEN });
  const path = `${folder}/tool-output.stakpak.${tool}.${stamp(scope.host.now())}.txt`;
  const file = await scope.host.openOutput(path);
  OPEN.add(path);
  return { file, path };
}

function newlinesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

function lastLines(text: string): string {
  return text.replace(/\n$/, "").split("\n").slice(-OUTPUT_LINES).join("\n");
}

/** No character is cut; nor, where blanks or quotes are near, a word: half a secret would not be known for one. */
function lastBytes(text: string): string {
  const bytes = new TextEncoder().encode(text.replace(/\n$/, ""));
  let from = Math.max(0, bytes.length - OUTPUT_BYTES);
  while (from < bytes.length && (bytes[from]! & 0xc0) === 0x80) from++;
  const last = new TextDecoder().decode(bytes.subarray(from));
  return from === 0 ? last : last.slice(last.slice(0, LONGEST_WORD).search(/[\s"',;<>|]/) + 1);
}
