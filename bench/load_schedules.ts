// deno-lint-ignore-file no-console -- a bench prints its figures
/** Load and validate a file of 1,000 schedules in five zones, in a fresh process each time. Run: deno run -A bench/load_schedules.ts */
import { row } from "./measure.ts";

const SCHEDULES = 1_000;
const WANTED_MS = 300;
const RUNS = 9;

export async function loadSchedules(): Promise<string> {
  const times: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", new URL(import.meta.url).pathname, "once"],
      stdout: "piped",
    });
    times.push(Number(new TextDecoder().decode((await child.output()).stdout)));
  }
  const median = times.sort((a, b) => a - b)[Math.floor(RUNS / 2)]!;
  return row(
    `load + validate ${SCHEDULES} schedules`,
    `${median.toFixed(0)} ms (median of ${RUNS} cold processes)`,
    `≤ ${WANTED_MS} ms`,
    median <= WANTED_MS,
  );
}

async function once(): Promise<number> {
  const { parseFile } = await import("../src/config/load.ts");
  const { AUTOPILOT_KIND } = await import("../src/config/autopilot_file.ts");
  const zones = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo", "Australia/Sydney"];
  const text = Array.from({ length: SCHEDULES }, (_, i) =>
    `[[schedules]]
name = "schedule-${i}"
cron = "${i % 60} ${i % 24} * * ${i % 7}"
timezone = "${zones[i % 5]}"
prompt = "Check number ${i}" # a comment
profile = "monitoring"
timeout = "20m"
`).join("\n");
  const start = performance.now();
  const loaded = parseFile(text, "autopilot.toml", AUTOPILOT_KIND);
  const wall = performance.now() - start;
  if (loaded.value.schedules?.length !== SCHEDULES || loaded.problems.length > 0) {
    throw new Error("the file did not load");
  }
  return wall;
}

if (import.meta.main) console.log(Deno.args[0] === "once" ? await once() : await loadSchedules());
