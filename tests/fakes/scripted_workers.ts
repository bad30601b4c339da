import type { SupervisorMessage, WorkerMessage } from "../../src/agent/protocol.ts";
import type { AssistantPart, Message } from "../../src/domain/message.ts";
import type { StartWorker } from "../../src/host/worker.ts";

type Ask = Extract<SupervisorMessage, { kind: "start" | "next" }>;

/** A worker's end of the talk. */
export interface Ring1 {
  /** Says whatever, as a message comes: later. */
  say(...messages: readonly unknown[]): void;
  /** It threw. */
  fail(reason: string): void;
}

export interface ScriptedWorkers {
  readonly start: StartWorker;
  /** What every worker was told, in order. */
  readonly told: SupervisorMessage[];
  started(): number;
  /** Those that were not ended. */
  living(): number;
}

/** Workers that are ready at once. `play` is called for each thing that one is told; `turn` counts the answers in the conversation. */
export function scriptedWorkers(
  play: (ring1: Ring1, told: SupervisorMessage, turn: number, messages: readonly Message[]) => void,
): ScriptedWorkers {
  const told: SupervisorMessage[] = [];
  let started = 0;
  let living = 0;
  const start: StartWorker = (_name, _grants, listener) => {
    started++;
    living++;
    let ended = false;
    let messages: readonly Message[] = [];
    const timers = new Set<ReturnType<typeof setTimeout>>();
    const later = (work: () => void) => {
      if (ended) return;
      const timer = setTimeout(() => {
        timers.delete(timer);
        work();
      }, 0);
      timers.add(timer);
    };
    const end = () => {
      if (!ended) living--;
      ended = true;
      for (const timer of timers) clearTimeout(timer);
    };
    const ring1: Ring1 = {
      say: (...all) => later(() => all.forEach((message) => ended || listener.said(message))),
      fail: (reason) =>
        later(() => {
          end();
          listener.failed(reason);
        }),
    };
    ring1.say({ kind: "ready" });
    return {
      tell(message) {
        if (ended) return;
        const said = structuredClone(message) as SupervisorMessage;
        told.push(said);
        if (said.kind === "start") messages = said.run.messages;
        if (said.kind === "next") {
          messages = [...messages, ...said.messages];
        }
        play(ring1, said, messages.filter(({ role }) => role === "assistant").length, messages);
      },
      end,
    };
  };
  return { start, told, started: () => started, living: () => living };
}

export type Answer = Omit<Extract<WorkerMessage, { kind: "answer" }>, "parts"> & {
  readonly parts: readonly AssistantPart[];
};

/** An answer of words. */
export function says(text: string, change: Partial<Answer> = {}): Answer {
  return { kind: "answer", parts: [{ type: "text", text }], finish: "stop", heapBytes: 1, ...change };
}

/** An answer of calls, `id: [tool, input]`; the tool without its server. */
export function calls(wanted: Readonly<Record<string, readonly [tool: string, input?: unknown]>>): Answer {
  const parts = Object.entries(wanted).map(([id, [tool, input = {}]]) => ({
    type: "tool_call" as const,
    call: { id, name: `stakpak__${tool}`, input: input as never },
  }));
  return { kind: "answer", parts, finish: "tool_calls", heapBytes: 1 };
}

/** Plays answers by the conversation's first words: the n-th answer follows the n-1 before it. */
export function scripts(
  answers: Readonly<Record<string, readonly (Answer | ((ring1: Ring1, ask: Ask) => void))[]>>,
): Parameters<typeof scriptedWorkers>[0] {
  return (ring1, told, turn, messages) => {
    if (told.kind !== "start" && told.kind !== "next") return;
    const [first] = messages;
    const key = first?.role === "user" ? first.text : "";
    const next = answers[key]?.[turn];
    if (typeof next === "function") next(ring1, told);
    else ring1.say(next ?? { kind: "failed", reason: "model_error", error: "no answer", retryable: false });
  };
}
