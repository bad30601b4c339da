import type { Scenario } from "./scenario.ts";
import { CANCEL_SCENARIOS } from "./scenarios_cancel.ts";
import { PEOPLE_SCENARIOS } from "./scenarios_people.ts";
import { PROVIDER_SCENARIOS } from "./scenarios_provider.ts";
import { TOOL_SCENARIOS } from "./scenarios_tools.ts";

/** All of them. */
export const SCENARIOS: readonly Scenario[] = [
  ...TOOL_SCENARIOS,
  ...PROVIDER_SCENARIOS,
  ...PEOPLE_SCENARIOS,
  ...CANCEL_SCENARIOS,
];
