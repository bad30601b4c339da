import { addUsage, NO_USAGE, type Usage } from "../domain/usage.ts";
import {
  BudgetExceeded,
  GatewayBroken,
  GatewayRedirected,
  GatewayRefused,
  type InferenceAnswer,
  type InferenceRequest,
} from "../models/gateway.ts";
import type { ModelRoute } from "../models/model_route.ts";
import { estimatedTokens } from "../models/token_budget.ts";
import type { LiveRun } from "./live_run.ts";
import type { ModelDoor } from "./model_bridge.ts";
import { runFailed, workerFailed } from "./run_over.ts";
import type { RunSetup } from "./run_setup.ts";
import { spendTokens } from "./spend_tokens.ts";
import type { TokenShare, TokenShares } from "./token_shares.ts";

export interface DoorParts {
  readonly live: LiveRun;
  readonly setup: RunSetup;
  readonly shares: TokenShares;
  readonly route: ModelRoute;
  redact(text: string): string;
}

/** The way to the model for one turn: what is used is counted, and stays within the budgets. */
export interface CountedDoor extends ModelDoor {
  /** Of the turn, all tries included. */
  usage(): Usage;
  /** Counts what the last answer used, once. Until then its share of the budget is kept. */
  spend(): void;
}

export function countedDoor(door: DoorParts): CountedDoor {
  const { live, setup, route, shares } = door;
  let usage = NO_USAGE;
  let share: TokenShare | undefined;
  let uncounted: Usage | undefined;
  const used = (more: Usage) => {
    usage = addUsage(usage, more);
    uncounted = more;
  };
  const spend = () => {
    if (!uncounted) return;
    using _share = share;
    spendTokens(live.parts, live.id, uncounted);
    uncounted = undefined;
  };
  return {
    usage: () => usage,
    used,
    spend,
    async open(asked, signal) {
      // Of the try before.
      spend();
      const inputTokens = estimatedTokens(new TextEncoder().encode(asked.body).length);
      share = await shares.take(live.id, setup, inputTokens + route.limits.outputTokens, signal);
      try {
        return await openModel(door, asked, { signal, tokensLeft: share.tokens });
      } catch (error) {
        // What is broken off before it is answered was sent all the same.
        if (signal.aborted) used({ ...NO_USAGE, inputTokens });
        else share[Symbol.dispose]();
        throw error;
      }
    },
  };
}

async function openModel(
  { live, route, redact }: DoorParts,
  asked: InferenceRequest,
  { signal, tokensLeft }: { readonly signal: AbortSignal; readonly tokensLeft: number | undefined },
): Promise<InferenceAnswer> {
  try {
    const options = { signal, redact, ...(tokensLeft !== undefined && { tokensLeft }) };
    return await live.parts.gateway.open(route, asked, options);
  } catch (error) {
    if (error instanceof GatewayRedirected) throw runFailed("model_error", redact(error.message));
    if (error instanceof GatewayBroken) throw new GatewayBroken(redact(error.message));
    if (error instanceof BudgetExceeded) throw runFailed("budget_exceeded", redact(error.message));
    if (error instanceof GatewayRefused) throw workerFailed(redact(error.message));
    throw error;
  }
}
