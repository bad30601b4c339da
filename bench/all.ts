// deno-lint-ignore-file no-console -- a bench prints its figures
/** Every measurement, as the table of `bench/RESULTS.md`. Run: deno task bench */
import { callCost } from "./call_cost.ts";
import { doctorUnderSystemd } from "./doctor_under_systemd.ts";
import { doctorWall } from "./doctor_wall.ts";
import { fanOut } from "./fan_out.ts";
import { hungDocker } from "./hung_docker.ts";
import { loadSchedules } from "./load_schedules.ts";
import { mcpCall, mcpRate, mcpRss } from "./mcp.ts";
import { redact } from "./redact.ts";
import { runs } from "./runs.ts";
import { sandbox } from "./sandbox.ts";
import { startup } from "./startup.ts";
import { store } from "./store.ts";

console.log("| what | measured | wanted | met |\n|---|---|---|---|");
for (
  const measure of [
    startup,
    doctorWall,
    doctorUnderSystemd,
    hungDocker,
    loadSchedules,
    mcpCall,
    mcpRate,
    mcpRss,
    redact,
    sandbox,
    store,
    callCost,
    runs,
    fanOut,
  ]
) {
  console.log(await measure());
}
