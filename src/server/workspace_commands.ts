/**
 * Commands of ours that are run where tools are, and what they say. No `git`: a repository's configuration names
 * programs that it would start. No remote's address: it may hold a password.
 *
 * @module
 */
import { withoutControls } from "../mcp/terminal_text.ts";
import type { WorkspaceItem } from "./session_tools.ts";

/** For POSIX shells. A program that it starts takes a millisecond: it starts three. */
export const SYSTEM_DETAILS = [
  'echo "folder: $PWD"',
  "printf 'time: '; date -u '+%Y-%m-%d %H:%M:%S UTC'",
  "release=",
  "if [ -f /etc/os-release ]; then while IFS= read -r line; do",
  '  case $line in PRETTY_NAME=*) release=${line#*=}; release=${release#\\"}; release=", ${release%\\"}" ;; esac',
  "done < /etc/os-release; fi",
  'echo "system: $(uname -srm)$release"',
  "account=$(id -un 2>/dev/null) || account=$(id -u)",
  'echo "account: $account"',
  "branch=",
  "if [ -f .git/HEAD ]; then IFS= read -r branch < .git/HEAD; fi",
  "case $branch in 'ref: refs/heads/'?*) echo \"git branch: ${branch#ref: refs/heads/}\" ;; esac",
  ":",
].join("\n");

/** Folders above the working folder that are searched. Source: server spec §2.6. */
const PARENTS = 5;
/** In base64, less than what a tool answers with at once. */
const HEAD_BYTES = 35_000;
const TAIL_BYTES = 10_000;

/**
 * A command that prints the first of `names` in the working folder or above: path, size, and in base64 its head and
 * its tail, each on a line. Nothing where there is none; links and what is no file are passed over.
 */
export function readNearest(names: readonly string[]): string {
  return `folder=$PWD; level=0
while [ $level -le ${PARENTS} ]; do
  for name in ${names.join(" ")}; do
    file=\${folder%/}/$name
    if [ -f "$file" ] && [ ! -L "$file" ]; then
      size=$(wc -c < "$file") || exit 1
      printf '%s\\n%s\\n' "$file" "$((size))"
      head -c ${HEAD_BYTES} < "$file" | base64 | tr -d '\\n'; echo
      rest=$((size - ${HEAD_BYTES})); [ $rest -gt ${TAIL_BYTES} ] && rest=${TAIL_BYTES}
      if [ $rest -gt 0 ]; then tail -c $rest < "$file" | base64 | tr -d '\\n'; echo; fi
      exit 0
    fi
  done
  [ "$folder" = / ] && exit 0
  folder=\${folder%/*}; folder=\${folder:-/}; level=$((level + 1))
done`;
}

/** A line that is in the output of none of them. */
const BEGINS = "--";
const BEGINS_LINE = new RegExp(`^${BEGINS}$`, "m");

/** One command that prints what each of `commands` does. */
export function together(commands: readonly string[]): string {
  return commands.map((command) => `echo ${BEGINS}\n(${command}\n)`).join("\n");
}

/** What each of `count` commands printed; `undefined` where that cannot be told, as where its beginning did not come. */
export function apart(printed: string, count: number): readonly string[] | undefined {
  const [before, ...parts] = printed.split(BEGINS_LINE).map((part) => part.trim());
  return before === "" && parts.length === count ? parts : undefined;
}

/** The file that such a command printed. Whatever else was printed in its place is nothing. */
export function nearestFile(
  printed: string | undefined,
  names: readonly string[],
): WorkspaceItem | undefined {
  const [path = "", size = "", head = "", tail = "", ...more] = printed?.split("\n") ?? [];
  if (more.length > 0 || path.length > 1_000 || !/^\d{1,15}$/.test(size)) return undefined;
  if (!names.some((name) => path.endsWith(`/${name}`))) return undefined;
  const [first, last] = [bytesIn(head), bytesIn(tail)];
  if (!first || !last) return undefined;
  const isWhole = Number(size) <= HEAD_BYTES + TAIL_BYTES;
  const mark = `\n[... truncated ${path}; read file for full content ...]\n`;
  const content = isWhole ? textOf([...first, ...last]) : textOf(first) + mark + textOf(last);
  return content.trim() === "" ? undefined : { name: path, content: content.trim() };
}

function bytesIn(base64: string): Uint8Array | undefined {
  try {
    return Uint8Array.fromBase64(base64);
  } catch {
    return undefined;
  }
}

function textOf(bytes: Iterable<number>): string {
  return withoutControls(new TextDecoder().decode(Uint8Array.from(bytes)));
}
