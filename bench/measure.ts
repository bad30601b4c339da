/** Timing of whole commands, in one run with their baseline, so that a ratio means something on any machine. */

export interface CommandLine {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Wall time of `count` runs in milliseconds, fastest first. Output is discarded; any exit code counts. */
export async function wallTimes(command: CommandLine, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    await new Deno.Command(command.program, {
      args: [...command.args],
      ...(command.env ? { env: command.env } : {}),
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).output();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b);
}

export function median(times: readonly number[]): number {
  return times[Math.floor(times.length / 2)]!;
}

/** `what | measured | wanted | met`, as a row of `bench/RESULTS.md`. */
export function row(what: string, measured: string, wanted: string, met: boolean): string {
  return `| ${what} | ${measured} | ${wanted} | ${met ? "yes" : "NO"} |`;
}

/** The program as users have it: the bundle, with the table's flags. */
export async function program(...args: readonly string[]): Promise<CommandLine> {
  const { programFlags } = await import("../src/cli/permissions.ts");
  const bundle = new URL("../dist/stakpak.js", import.meta.url).pathname;
  return { program: Deno.execPath(), args: ["run", ...programFlags(), bundle, ...args] };
}
