import { AUTOPILOT_KIND } from "../../src/config/autopilot_file.ts";
import { CONFIG_KIND } from "../../src/config/config_file.ts";
import { parseFile } from "../../src/config/load.ts";
import { UserError } from "../../src/domain/error.ts";
import type { RunEvent, RunEventName } from "../../src/domain/run_event.ts";
import { TERMINAL_EVENTS } from "../../src/domain/run_event.ts";
import type { CallOptions, ToolCall, ToolResult } from "../../src/domain/toolbox.ts";
import type { StartWorker } from "../../src/host/worker.ts";
import type { Gateway } from "../../src/models/gateway.ts";
import type { ModelRoute } from "../../src/models/model_route.ts";
import { Redactor } from "../../src/secrets/redactor.ts";
import { onlyLooks } from "../../src/server/own_tools.ts";
import type { RunRecord } from "../../src/server/records.ts";
import type { RunParts } from "../../src/server/run_parts.ts";
import type { RunService, StartRun } from "../../src/server/run_service.ts";
import { startRuns } from "../../src/server/runs.ts";
import type { SessionTools } from "../../src/server/session_tools.ts";
import type { Store } from "../../src/server/store.ts";
import { type TempStore, tempStore } from "./temp_store.ts";

export type ToolHandler = (call: ToolCall, options: CallOptions) => Promise<ToolResult>;

export interface RunStage extends AsyncDisposable {
  readonly temp: TempStore;
  readonly store: Store;
  readonly runs: RunService;
  readonly parts: RunParts;
  /** Tools that were called, in order. */
  readonly sent: ToolCall[];
  readonly log: string[];
  /** Both files, from here on. */
  config: string;
  autopilot: string;
  /** Starts a run in a new session, or in that one. */
  begin(asked?: Partial<StartRun>): Promise<{ sessionId: string; runId: string; cursor: number }>;
  /** Settles when `holds`: looked at whenever something about the session was written. */
  until(sessionId: string, holds: () => boolean): Promise<void>;
  /** The run once it has ended. */
  ended(sessionId: string, runId: string): Promise<RunRecord>;
  waiting(sessionId: string, runId: string): Promise<void>;
  events(sessionId: string): RunEvent[];
  names(sessionId: string): RunEventName[];
  /** The service ends as by a crash: its runs are nobody's. Another one is started on the same store. */
  crash(change?: Partial<RunParts>): Promise<RunService>;
}

export interface StageOptions {
  readonly startWorker: StartWorker;
  readonly tools?: Readonly<Record<string, ToolHandler>>;
  readonly config?: string;
  readonly autopilot?: string;
  readonly change?: Partial<RunParts>;
}

export const NO_GATEWAY: Gateway = { open: () => Promise.reject(new Error("nobody asks a model here")) };

/** `openai/gpt-x` and any other of that provider. */
export function routeOf(model: string): Promise<ModelRoute> {
  if (!model.startsWith("openai/")) {
    return Promise.reject(new UserError(`Cannot use the model "${model}": there is no such provider`));
  }
  return Promise.resolve({
    provider: "openai",
    api: "openai-chat",
    model: model.slice("openai/".length),
    limits: { contextTokens: 100_000, outputTokens: 4_000 },
    workerBase: "https://gateway.invalid/v1",
    workerPath: "/v1/chat/completions",
    url: "https://api.openai.com/v1/chat/completions",
    headers: () => ({}),
    key: undefined,
  });
}

/** A tool that answers its name. */
export function toolResult(call: ToolCall, text = `did ${call.name}`, isError = false): ToolResult {
  return { callId: call.id, text, isError };
}

export async function runStage(options: StageOptions): Promise<RunStage> {
  const temp = await tempStore();
  const sent: ToolCall[] = [];
  const log: string[] = [];
  const living = new Set(["first"]);
  const services: RunService[] = [];
  const stage = {
    temp,
    sent,
    log,
    config: options.config ?? '[profiles.default]\nmodel = "openai/gpt-x"\nauto_approve = ["*"]\n',
    autopilot: options.autopilot ?? "",
    get store() {
      return temp.store;
    },
    get runs() {
      return services.at(-1)!;
    },
  };
  const partsOf = (instance: string, store: Store): RunParts => ({
    host: {
      now: () => new Date(temp.at),
      env: () => undefined,
      startWorker: options.startWorker,
    },
    store,
    instance,
    lives: (one) => Promise.resolve(living.has(one)),
    profile: "default",
    loadConfig: () => Promise.resolve(parseFile(stage.config, "config.toml", CONFIG_KIND)),
    loadAutopilot: () => Promise.resolve(parseFile(stage.autopilot, "autopilot.toml", AUTOPILOT_KIND)),
    gateway: NO_GATEWAY,
    routeOf,
    firstModel: () => undefined,
    tools: {
      open: (_session, place) =>
        Promise.resolve(fakeSessionTools(place, place === "none" ? {} : options.tools ?? {}, sent)),
    },
    sandbox: () => undefined,
    redactor: (known) => Promise.resolve(known ?? new Redactor()),
    adopts: true,
    log: (line) => void log.push(line),
    ...options.change,
  });
  let parts = partsOf("first", temp.store);
  services.push(await startRuns(parts));
  const until = async (sessionId: string, holds: () => boolean) => {
    for (;;) {
      const changed = Promise.withResolvers<void>();
      using _watch = temp.store.watch(sessionId, changed.resolve);
      if (holds()) return;
      await changed.promise;
    }
  };
  return Object.assign(stage, {
    get parts() {
      return parts;
    },
    async begin({ sessionId = "", ...asked }: Partial<StartRun> = {}) {
      const id = sessionId || temp.store.sessions.create({ title: "t", origin: "api" }).id;
      const started = await services.at(-1)!.start({
        sessionId: id,
        text: "hello",
        context: [],
        overrides: {},
        sandbox: true,
        pauseOnApproval: true,
        origin: "api",
        ...asked,
      });
      return { sessionId: id, ...started };
    },
    until,
    async ended(sessionId: string, runId: string) {
      await until(sessionId, () => temp.store.runs.get(runId)?.end !== undefined);
      return temp.store.runs.get(runId)!;
    },
    waiting: (sessionId: string, runId: string) =>
      until(sessionId, () => temp.store.runs.get(runId)?.state === "waiting"),
    events: (sessionId: string) => temp.store.events.after(sessionId, 0, 10_000).map(({ event }) => event),
    names: (sessionId: string) =>
      temp.store.events.after(sessionId, 0, 10_000).map(({ event }) => event.name),
    async crash(change: Partial<RunParts> = {}) {
      // What the dead process would still write is refused: its store is closed.
      living.clear();
      const instance = `instance-${services.length}`;
      living.add(instance);
      const store = await temp.reopen();
      parts = { ...partsOf(instance, store), ...change };
      services.push(await startRuns(parts));
      return services.at(-1)!;
    },
    async [Symbol.asyncDispose]() {
      for (const service of services.toReversed()) {
        await Promise.resolve(service[Symbol.asyncDispose]()).catch(() => {});
      }
      await temp[Symbol.asyncDispose]();
    },
  });
}

function fakeSessionTools(
  place: SessionTools["place"],
  handlers: Readonly<Record<string, ToolHandler>>,
  sent: ToolCall[],
): SessionTools {
  return {
    place,
    isOurs: (tool) => tool.startsWith("stakpak__"),
    onlyLooks,
    workspace: () => Promise.resolve([]),
    notes: () => [],
    list: () =>
      Promise.resolve(
        Object.keys(handlers).map((name) => ({
          name: `stakpak__${name}`,
          description: "for a test",
          inputSchema: { type: "object" },
        })),
      ),
    call(call, how) {
      sent.push(call);
      return handlers[call.name.replace("stakpak__", "")]!(call, how);
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** How many events of each run are terminal, and whether the last of each is. */
export function terminals(store: Store, sessionId: string): Record<string, { count: number; last: boolean }> {
  const found: Record<string, { count: number; last: boolean }> = {};
  for (const { runId, event } of store.events.after(sessionId, 0, 10_000)) {
    if (runId === undefined) continue;
    const one = found[runId] ??= { count: 0, last: false };
    one.last = TERMINAL_EVENTS.has(event.name);
    if (one.last) one.count++;
  }
  return found;
}
