/**
 * Runs test files in processes beside one another, one for each processor. `deno test --parallel` runs them in threads
 * of one process, and what hangs one of them may hang all
 * (docs/decisions/2026-11-23-workers-load-one-at-a-time.md).
 *
 * @module
 */
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import type { ReadableStream as WebStream } from "node:stream/web";
import { ROOT } from "./root.ts";

/** The test files at and under `paths`, sorted. */
export async function testFiles(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(paths.map(async (path) => {
    if (!(await Deno.stat(path)).isDirectory) return [path];
    const names = await Array.fromAsync(Deno.readDir(path), ({ name }) => name);
    const inside = names.filter((name) => !name.includes(".") || name.endsWith("_test.ts"));
    return await testFiles(inside.map((name) => `${path}/${name}`));
  }));
  return found.flat().toSorted();
}

/** Deals `files` out: neighbours, which tend to take as long as each other, go to different hands. */
export function dealt(files: readonly string[], hands: number): string[][] {
  const all = Array.from({ length: hands }, (_, hand) => files.filter((_, index) => index % hands === hand));
  return all.filter((hand) => hand.length > 0);
}

export interface TestRun {
  /** Of `deno test`. */
  readonly options: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Told lines that belong together. */
  tell(lines: string): void;
}

/** Resolves to the exit code: that of the first process that failed. */
export async function runTests(files: readonly string[], run: TestRun): Promise<number> {
  const codes = await Promise.all(
    dealt(files, navigator.hardwareConcurrency).map((hand) => runHand(hand, run)),
  );
  return codes.find((code) => code !== 0) ?? 0;
}

async function runHand(files: readonly string[], { options, env = {}, tell }: TestRun): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["test", "--no-check", "-A", ...options, ...files],
    cwd: ROOT,
    env,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const streams = [child.stdout, child.stderr].map((stream) => tellByFile(stream, tell));
  const [{ code }] = await Promise.all([child.status, ...streams]);
  return code;
}

/** What is said of one file is told together. */
async function tellByFile(stream: ReadableStream<Uint8Array>, tell: (lines: string) => void): Promise<void> {
  const input = Readable.fromWeb(stream as WebStream<Uint8Array>);
  let lines: string[] = [];
  const tellAll = () => {
    if (lines.length > 0) tell(lines.join("\n"));
    lines = [];
  };
  for await (const line of createInterface({ input })) {
    if (/^\S*running \d+ tests? from /.test(line)) tellAll();
    lines.push(line);
  }
  tellAll();
}

/** Prints lines, all of them. */
export function print(lines: string): void {
  const bytes = new TextEncoder().encode(`${lines}\n`);
  for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
}

if (import.meta.main) {
  const isOption = (word: string) => word.startsWith("-");
  const paths = Deno.args.filter((word) => !isOption(word));
  const files = await testFiles(paths.length > 0 ? paths : [`${ROOT}/tests`]);
  Deno.exit(await runTests(files, { options: Deno.args.filter(isOption), tell: print }));
}
