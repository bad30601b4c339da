import type { WorkerGrants } from "../host/worker.ts";

/** All that ring 1 holds: two variables that the SDKs read when they are loaded, of addresses that are never used. */
export const AGENT_GRANTS: WorkerGrants = {
  net: [],
  files: [],
  env: ["ANTHROPIC_BASE_URL", "OPENAI_BASE_URL"],
};
