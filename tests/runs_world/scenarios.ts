import type { Scenario } from "./scenario.ts";
import { CANCEL_SCENARIOS } from "./scenarios_cancel.ts";
import { PEOPLE_SCENARIOS } from "./scenarios_people.ts";
import { PROVIDER_SCENARIOS } from "./scenarios_provider.ts";
import { TOOL_SCENARIOS } from "./scenarios_tools.ts";
import { type Wire, WIRES } from "./steps.ts";

/** All of them. */
export const SCENARIOS: readonly Scenario[] = [
  ...TOOL_SCENARIOS,
  ...PROVIDER_SCENARIOS,
  ...PEOPLE_SCENARIOS,
  ...CANCEL_SCENARIOS,
];

/** One of the wires that it plays over. */
export function wireOf({ wires = WIRES }: Scenario, index: number): Wire {
  return wires[index % wires.length]!;
}
