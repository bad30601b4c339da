// deno-lint-ignore-file no-console -- a bench prints its figures
/** `stakpak --version` ÷ `deno run` of a hello world. Run: deno run -A bench/startup.ts */
import { type CommandLine, median, program, row, wallTimes } from "./measure.ts";

const RUNS = 30;

export async function startup(): Promise<string> {
  const hello = await Deno.makeTempFile({ suffix: ".js" });
  try {
    await Deno.writeTextFile(hello, 'console.log("hello");\n');
    const baseline: CommandLine = {
      program: Deno.execPath(),
      args: ["run", "--quiet", "--no-config", "--no-lock", hello],
    };
    const version = await program("--version");
    for (const command of [baseline, version]) await wallTimes(command, 3);
    const [base, ours] = [median(await wallTimes(baseline, RUNS)), median(await wallTimes(version, RUNS))];
    const ratio = ours / base;
    const measured = `${ratio.toFixed(2)} (${ours.toFixed(0)} ms ÷ ${base.toFixed(0)} ms, median of ${RUNS})`;
    return row("`stakpak --version` ÷ `deno run` of a hello world", measured, "≤ 2.0", ratio <= 2);
  } finally {
    await Deno.remove(hello);
  }
}

if (import.meta.main) console.log(await startup());
