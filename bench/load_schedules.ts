// deno-lint-ignore-file no-console -- a bench prints its figures
/** Load and validate a file of 1,000 schedules in five zones, in a fresh process each time. Run: deno run -A bench/load_schedules.ts */
import { median, row } from "./measure.ts";

const SCHEDULES = 1_000;
const WANTED_MS = 300;
const RUNS = 9;

export async function loadSchedules(): Promise<string> {
  const runs: { parseMs: number; loadMs: number }[] = [];
  for (let i = 0; i < RUNS; i++) {
    const args = ["run", "-A", new URL(import.meta.url).pathname, "once"];
    const { stdout } = await new Deno.Command(Deno.execPath(), { args, stdout: "piped" }).output();
    runs.push(JSON.parse(new TextDecoder().decode(stdout)));
  }
  const loadMs = median(runs.map((run) => run.loadMs).sort((a, b) => a - b));
  const parseMs = median(runs.map((run) => run.parseMs).sort((a, b) => a - b));
  const measured = `${loadMs.toFixed(0)} ms, ${(loadMs / parseMs).toFixed(1)} × parsing it (${
    parseMs.toFixed(0)
  } ms), median of ${RUNS} cold processes`;
  return row(`load + validate ${SCHEDULES} schedules`, measured, `≤ ${WANTED_MS} ms`, loadMs <= WANTED_MS);
}

async function once(): Promise<{ parseMs: number; loadMs: number }> {
  const { parse } = await import("smol-toml");
  const { parseFile } = await import("../src/config/load.ts");
  const { AUTOPILOT_KIND } = await import("../src/config/autopilot_file.ts");
  const zones = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo", "Australia/Sydney"];
  const text = Array.from(
    { length: SCHEDULES },
    (_, i) =>
      `[[schedules]]
name = "schedule-${i}"
cron = "${i % 60} ${i % 24} * * ${i % 7}"
timezone = "${zones[i % 5]}"
prompt = "Check number ${i}" # a comment
profile = "monitoring"
timeout = "20m"
`,
  ).join("\n");
  const start = performance.now();
  parse(text);
  const parseMs = performance.now() - start;
  const from = performance.now();
  const loaded = parseFile(text, "autopilot.toml", AUTOPILOT_KIND);
  const loadMs = performance.now() - from;
  if (loaded.value.schedules?.length !== SCHEDULES || loaded.problems.length > 0) {
    throw new Error("the file did not load");
  }
  return { parseMs, loadMs };
}

if (import.meta.main) {
  console.log(Deno.args[0] === "once" ? JSON.stringify(await once()) : await loadSchedules());
}
