/**
 * A worker that is ours until the user's text has `[attack NAME|WORD|WORD]` in it. Started with the same grants.
 *
 * @module
 */
import type { SupervisorMessage } from "../../src/agent/protocol.ts";
import { runAgentWorker } from "../../src/agent/agent_worker.ts";
import { attack } from "./hostile_attacks.ts";

const scope = self as unknown as {
  onmessage: (event: MessageEvent) => void;
  postMessage(message: unknown, transfer?: Transferable[]): void;
};

void runAgentWorker();
const behave = scope.onmessage;
scope.onmessage = (event) => {
  const said = event.data as SupervisorMessage;
  const asked = said.kind === "start"
    ? /\[attack ([^\]]+)\]/.exec(JSON.stringify(said.run.messages.at(-1)))?.[1]
    : undefined;
  if (asked === undefined || said.kind !== "start") return behave(event);
  const [name, ...words] = asked.split("|");
  void attack(name!, {
    run: said.run,
    words,
    tell: (message, transfer = []) => scope.postMessage(message, transfer),
  });
};
