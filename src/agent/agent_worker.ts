/**
 * Ring 1: the loop of a run in a Worker of its own, with no address, file, process or key.
 *
 * @module
 */
import { workerPort } from "../host/deno_worker.ts";
import { gatewayFetch } from "./gateway_fetch.ts";
import { agentLoop, workerFailed } from "./loop.ts";
import type { SupervisorMessage, WorkerMessage } from "./protocol.ts";
import { loadChat, providerModel } from "./provider_model.ts";
import { PAUSES, type Pauses } from "./retry.ts";
import { warmUp } from "./warm_up.ts";

/** Called by `main.ts` in the worker; works by the messages that come. One run, or none. */
export async function runAgentWorker(pauses: Pauses = PAUSES): Promise<void> {
  const port = workerPort();
  const tell = (message: WorkerMessage) => port.tell(message);
  const gateway = gatewayFetch(tell);
  const step = agentLoop({
    tell,
    openModel: (run) => providerModel(run, gateway.fetch),
    heapBytes: port.heapBytes,
    pauses,
  });
  let hasRun = false;
  port.listen((said) => {
    const message = said as SupervisorMessage;
    if (message.kind === "start" || message.kind === "next") {
      hasRun = true;
      void step(message);
    } else if (message.kind === "prepare") void warmUp(message.api, () => hasRun);
    else gateway.hear(message);
  });
  // A worker that waits for a run has loaded what every run needs.
  await loadChat().then(() => tell({ kind: "ready" }), (error) => tell(workerFailed(error)));
}
