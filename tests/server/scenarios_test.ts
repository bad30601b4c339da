/**
 * Whole runs in this process: a real store, gateway, workers, tools and HTTP server; the model is scripted.
 *
 * In `deno task test` each scenario plays over one wire format, in `deno task soak` over all of them.
 *
 * @module
 */
import { runs } from "../runs.ts";
import { inProcessWorld } from "../runs_world/in_process_world.ts";
import { playScenario } from "../runs_world/play_scenario.ts";
import type { Scenario } from "../runs_world/scenario.ts";
import { SCENARIOS, wireOf } from "../runs_world/scenarios.ts";
import { type Wire, WIRES } from "../runs_world/steps.ts";
import { test } from "../sanitized.ts";

const FULL = runs(20) === 20;

function chosen(wire: Wire): Scenario[] {
  return SCENARIOS.filter(({ wires = WIRES, slow }, index) =>
    wires.includes(wire) && (FULL || !slow && wires[index % wires.length] === wire)
  );
}

for (const wire of WIRES) {
  test(`every scenario ends as it should over ${wire}, and the model is asked nothing that it cannot read`, async ({ step }) => {
    await using world = await inProcessWorld();
    for (const scenario of chosen(wire)) {
      await step(scenario.name, async () => void await playScenario(world, scenario, wire));
    }
  });
}

test("scenarios that play at once do not hear of one another", async () => {
  await using world = await inProcessWorld();
  const apart = SCENARIOS.filter(({ needs, slow }) => needs !== "inside" && !slow);
  const few = apart.filter((_, index) => FULL || index % 6 === 0);
  const played = await Promise.allSettled(
    few.map((scenario, index) => playScenario(world, scenario, wireOf(scenario, index))),
  );
  const failed = played.flatMap((result, index) =>
    result.status === "rejected" ? [new Error(few[index]!.name, { cause: result.reason })] : []
  );
  if (failed.length > 0) throw new AggregateError(failed, failed.map(({ message }) => message).join("\n"));
});
