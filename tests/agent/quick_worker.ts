/** The agent's worker, which does not take its time before it tries again. */
import { runAgentWorker } from "../../src/agent/agent_worker.ts";

await runAgentWorker({ firstMs: 1, lastMs: 1 });
