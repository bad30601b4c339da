/**
 * The first three steps of a launch: what a box needs, and its start.
 *
 * @module
 */
import type { Host } from "../host/host.ts";
import type { McpToolbox } from "../mcp/client.ts";
import type { SocketAddress } from "../host/sockets.ts";
import { createIdentity, type McpIdentity } from "../mcp/identity.ts";
import type { EgressDecision, StartEgress } from "../warden/egress.ts";
import type { BoxEnd } from "./box.ts";
import { boxEnd } from "./box_end.ts";
import { type BoxFolders, makeBoxFolders } from "./box_folders.ts";
import { boxPlan } from "./box_plan.ts";
import { type BoxProcess, startBoxProcess } from "./box_process.ts";
import type { BoxProgram } from "./box_program.ts";
import type { BoxSettings } from "./box_settings.ts";
import type { Engine } from "./engine.ts";
import { freePort, startWardenProcess, wrapArgv } from "./external_warden.ts";
import type { Instance } from "./instance.ts";
import { runArgv } from "./run_argv.ts";
import type { StepClock } from "./step_clock.ts";

export interface LaunchParts {
  readonly host: Host;
  readonly instance: Instance;
  /** Absent where an external warden starts the boxes. */
  readonly engine?: Engine | undefined;
  /** Absent with `engine`. */
  readonly program?: BoxProgram | undefined;
  readonly version: string;
  /** What a box is to be like now; asked for each. `session`: whose it is alone. */
  settings(session?: string): Promise<BoxSettings>;
  readonly startEgress: StartEgress;
  decided(decision: EgressDecision): void;
  /** Replaces every secret. */
  redact(text: string): string;
  /** Told of what people should know, in one line. */
  log(line: string): void;
  /** Told of a container that could not be removed. */
  left(container: string): void;
  /** Further labels of the containers. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/** What goes through all steps of one launch. */
export interface Launch {
  readonly parts: LaunchParts;
  readonly session: string;
  readonly alone: boolean;
  readonly name: string;
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly clock: StepClock;
  readonly taken: AsyncDisposableStack;
}

export interface Prepared {
  readonly settings: BoxSettings;
  readonly folders: BoxFolders;
  readonly identity: McpIdentity;
  /** Where an external warden publishes the box. */
  readonly port: number | undefined;
}

export interface Running {
  readonly process: BoxProcess;
  readonly at: SocketAddress;
  /** Why it ended by itself, while that can still be asked. Never rejects. */
  whyEnded(clientCode: number): Promise<BoxEnd>;
  /** Resolves when its way out is open. */
  readonly egress: Promise<void>;
  /** Set once there is one. */
  toolbox?: McpToolbox;
}

/** Identity and folders, side by side. */
export async function prepare(
  { parts, session, alone, folder, clock, taken, signal }: Launch,
): Promise<Prepared> {
  const { host } = parts;
  // Neither is left running when the other fails.
  const [identity, prepared] = await Promise.allSettled([
    clock.run("identity", () => createIdentity("client", host.now())),
    clock.run("folders", async () => {
      const settings = await parts.settings(alone ? session : undefined);
      const folders = await makeBoxFolders(host, folder, settings.account);
      taken.use(folders);
      const port = settings.warden === "external" ? await freePort(host) : undefined;
      return { settings, folders, port };
    }),
  ]);
  signal.throwIfAborted();
  if (identity.status === "rejected") throw identity.reason;
  if (prepared.status === "rejected") throw prepared.reason;
  return { ...prepared.value, identity: identity.value };
}

/** Starts the box, and its way out beside it. */
export function start(launch: Launch, prepared: Prepared): Running {
  const { parts, name, session, clock, taken } = launch;
  clock.begin("start");
  const { settings, folders } = prepared;
  const started = prepared.port === undefined
    ? startBuiltin(launch, prepared)
    : startExternal(launch, prepared, prepared.port);
  taken.defer(async () => {
    // At the same time: a goodbye to a box that is being killed ends with it.
    const [gone] = await Promise.all([started.process.remove(), running.toolbox?.[Symbol.asyncDispose]()]);
    if (!gone) parts.left(name);
  });
  const egress = openEgress(parts, settings, folders, session, taken);
  // The box may fail before anybody asks.
  egress.catch(() => {});
  const running: Running = { ...started, egress };
  return running;
}

type Started = Pick<Running, "process" | "at" | "whyEnded">;

function startBuiltin({ parts, name, session }: Launch, prepared: Prepared): Started {
  const { engine, program } = parts;
  if (!engine || !program) throw new Error("warden was external when this program started: start it again");
  const clientCaPem = prepared.identity.caPem;
  const plan = boxPlan({ ...parts, ...prepared, engine, program, name, session, clientCaPem });
  const process = startBoxProcess(parts.host, name, runArgv(plan), parts.redact);
  return {
    process,
    at: { socketPath: prepared.folders.mcpSocket },
    whyEnded: (code) => boxEnd(parts.host, name, code),
  };
}

function startExternal({ parts }: Launch, { settings, identity }: Prepared, port: number): Started {
  const argv = wrapArgv(settings, port, identity.caPem);
  const process = startWardenProcess(parts.host, argv, parts.redact);
  return { process, at: { hostname: "127.0.0.1", port }, whyEnded: wardenEnd };
}

async function openEgress(
  { startEgress, decided }: LaunchParts,
  { warden, egress: rules, account }: BoxSettings,
  { egressSocket: socketPath }: BoxFolders,
  session: string,
  taken: AsyncDisposableStack,
): Promise<void> {
  if (warden !== "builtin") return;
  const opening = startEgress({ socketPath, rules, session, account, decided });
  taken.defer(async () => {
    const egress = await opening.catch(() => undefined);
    await egress?.[Symbol.asyncDispose]();
  });
  await opening;
}

async function wardenEnd(exitCode: number): Promise<BoxEnd> {
  return await Promise.resolve({ cause: "exited", message: `warden exited with code ${exitCode}`, exitCode });
}
