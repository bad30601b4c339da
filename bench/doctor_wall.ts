// deno-lint-ignore-file no-console -- a bench prints its figures
/**
 * `autopilot doctor` wall, less start-up, ÷ its slowest single probe command, with a real Docker up. Start-up is
 * `doctor --list`: the same program, which asks nothing.
 * Also what the same command lines take side by side without us: the floor on this machine.
 * The slowest command is measured from the outside, by running each of doctor's own command lines alone.
 * Run: deno run -A bench/doctor_wall.ts
 */
import { type CommandLine, median, program, row, wallTimes } from "./measure.ts";

const RUNS = 15;

export async function doctorWall(): Promise<string> {
  const doctor = await program("autopilot", "doctor");
  const idle = await program("autopilot", "doctor", "--list");
  for (const command of [doctor, idle]) await wallTimes(command, 2);
  const [wall, start] = [median(await wallTimes(doctor, RUNS)), median(await wallTimes(idle, RUNS))];
  const commands = await commandsOfDoctor();
  const alone: [string, number][] = [];
  for (const command of commands) {
    alone.push([[command.program, ...command.args].join(" "), median(await wallTimes(command, RUNS))]);
  }
  const [name, slowest] = alone.toSorted((a, b) => b[1] - a[1])[0]!;
  const floors: number[] = [];
  for (let i = 0; i < RUNS; i++) floors.push(await together(commands));
  const floor = median(floors.sort((a, b) => a - b)) / slowest;
  const ratio = (wall - start) / slowest;
  const measured = `${ratio.toFixed(2)} ((${wall.toFixed(0)} − ${start.toFixed(0)} ms start-up) ÷ ${
    slowest.toFixed(0)
  } ms of \`${name}\`); its commands alone, side by side: ${floor.toFixed(2)}`;
  return row(
    "`autopilot doctor` wall ÷ its slowest probe command",
    measured,
    "≤ 1.25 plus start-up",
    ratio <= 1.25,
  );
}

/** Wall time of all of them side by side, in milliseconds. */
async function together(commands: readonly CommandLine[]): Promise<number> {
  const start = performance.now();
  await Promise.all(commands.map((command) => wallTimes(command, 1)));
  return performance.now() - start;
}

/** The command lines that `doctor --debug` says it ran. */
async function commandsOfDoctor(): Promise<CommandLine[]> {
  const { program: deno, args } = await program("autopilot", "doctor", "--debug");
  const { stderr } = await new Deno.Command(deno, { args: [...args], stdout: "null", stderr: "piped" })
    .output();
  const lines = new TextDecoder().decode(stderr).split("\n").filter((line) => line.startsWith("{")).map((
    line,
  ) => JSON.parse(line));
  const ran = lines.map(({ message }) => /^run (.+)$/.exec(message)?.[1]).filter((line) =>
    line !== undefined
  );
  return [...new Set(ran)].map((line) => {
    const [name, ...rest] = line.split(" ");
    return { program: name!, args: rest };
  });
}

if (import.meta.main) console.log(await doctorWall());
