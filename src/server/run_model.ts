import type { ToolDescription } from "../domain/toolbox.ts";
import { RUN_LIMITS } from "../domain/run_limits.ts";
import type { Usage } from "../domain/usage.ts";
import type { ModelRoute } from "../models/model_route.ts";
import { onceClean } from "../secrets/once_clean.ts";
import { ApiError } from "./api_error.ts";
import { type CountedDoor, countedDoor } from "./counted_door.ts";
import type { LiveRun } from "./live_run.ts";
import { runFailed } from "./run_over.ts";
import { orRefuse, type RunSetup } from "./run_setup.ts";
import { type AskMessage, type RunWorker, runWorker, type WorkerAnswer } from "./run_worker.ts";
import { systemPrompt } from "./system_prompt.ts";
import type { TokenShares } from "./token_shares.ts";
import { type TurnText, turnText } from "./turn_text.ts";
import type { WorkerPool } from "./worker_pool.ts";

/** The model of a run, behind its worker. Disposing ends the worker. */
export interface RunModel extends Disposable {
  /**
   * Asks for the next answer to the conversation as it is stored. `text` holds what was not told of it yet; `usage` is
   * ring 0's own count, all tries included.
   */
  ask(): Promise<{ readonly answer: WorkerAnswer; readonly text: TurnText; readonly usage: Usage }>;
  /** Counts what the last answer used, once: in one transaction with it where that is kept. */
  spend(): void;
}

export interface RunModelParts {
  readonly live: LiveRun;
  readonly setup: RunSetup;
  readonly tools: readonly ToolDescription[];
  readonly pool: WorkerPool;
  readonly shares: TokenShares;
}

const ALL = Number.MAX_SAFE_INTEGER;

export function runModel({ live, setup, tools, pool, shares }: RunModelParts): RunModel {
  const { parts } = live;
  const redact = onceClean(live.redactor);
  const chosen = chosenModel(live, setup);
  let worker: RunWorker | undefined;
  let door: CountedDoor | undefined;
  /** Messages of the conversation that the worker has. */
  let known = 0;

  const message = (hasSwitched: boolean): AskMessage => {
    const offset = worker ? known : 0;
    const fresh = parts.store.messages.list(live.sessionId, { limit: ALL, offset }).messages;
    known = offset + fresh.length;
    const { api, limits, model, workerBase: baseUrl } = chosen.route();
    const named = { api, limits, baseUrl, model };
    if (worker) return { kind: "next", messages: fresh, ...(hasSwitched && { model: named }) };
    const prompt = redact(systemPrompt(setup.config.systemPrompt, tools));
    return { kind: "start", run: { ...named, systemPrompt: prompt, tools, messages: fresh } };
  };

  return {
    async ask() {
      const asked = message(await chosen.follow());
      worker ??= runWorker(pool.take, live.end);
      const text = turnText(live);
      const turn = countedDoor({ live, setup, route: chosen.route(), redact, shares });
      door = turn;
      using _deadline = turnDeadline(live);
      try {
        const answer = await worker.ask(asked, {
          open: turn.open,
          used: turn.used,
          text: text.text,
          reasoning: text.reasoning,
          retry: ({ attempt, delayMs, reason }) => {
            text.restart();
            const told = redact(reason);
            live.write(() =>
              live.emit({ name: "retry_attempt", fields: { attempt, "delay_ms": delayMs, reason: told } })
            );
          },
          reduced: ({ tokensBefore, tokensAfter }) => tellReduced(live, tokensBefore, tokensAfter),
        }, live.signal);
        if (answer.heapBytes > RUN_LIMITS.workerHeapBytes) {
          // Nothing is lost: the next one is told all of the conversation.
          worker[Symbol.dispose]();
          worker = undefined;
        }
        return { answer, text, usage: turn.usage() };
      } catch (error) {
        text[Symbol.dispose]();
        throw error;
      }
    },
    spend: () => door?.spend(),
    [Symbol.dispose]: () => worker?.[Symbol.dispose](),
  };
}

interface ChosenModel {
  route(): ModelRoute;
  /** Takes the one that the run is switched to meanwhile; answers whether it is another one now. */
  follow(): Promise<boolean>;
}

function chosenModel({ parts, id }: LiveRun, setup: RunSetup): ChosenModel {
  let route = setup.route;
  let model = setup.config.model;
  return {
    route: () => route,
    async follow() {
      const wanted = parts.store.runs.get(id)?.request.overrides.model ?? model;
      if (wanted === model) return false;
      try {
        route = await orRefuse("invalid_model", () => parts.routeOf(wanted, setup.profile));
      } catch (error) {
        throw error instanceof ApiError ? runFailed("invalid_profile", error.message) : error;
      }
      model = wanted;
      return true;
    },
  };
}

function turnDeadline(live: LiveRun): Disposable {
  const late = () =>
    live.end(
      runFailed("timed_out", `The model gave no answer within ${RUN_LIMITS.turnMs / 60_000} minutes`, true),
    );
  const timer = setTimeout(late, RUN_LIMITS.turnMs);
  return { [Symbol.dispose]: () => clearTimeout(timer) };
}

function tellReduced(live: LiveRun, before: number, after: number): void {
  live.write(() =>
    live.emit(
      { name: "compaction_started", fields: { reason: "the conversation is longer than the model takes" } },
      {
        name: "compaction_completed",
        fields: { "tokens_before": before, "tokens_after": after, truncated: after < before },
      },
    )
  );
}
