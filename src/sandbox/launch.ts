/**
 * Seven steps from nothing to tools that answer. What is taken is given back when a later step fails, and by the
 * box when it ends: each cleanup stands on the line after its cause.
 *
 * @module
 */
import type { Host } from "../host/host.ts";
import { type McpToolbox, mcpToolbox } from "../mcp/client.ts";
import { readServerCa } from "../mcp/handshake.ts";
import { createIdentity, type McpIdentity } from "../mcp/identity.ts";
import { tlsFetch } from "../mcp/tls_fetch.ts";
import type { ToolDescription } from "../domain/toolbox.ts";
import type { EgressDecision, StartEgress } from "../warden/egress.ts";
import type { Box, LaunchRequest } from "./box.ts";
import { boxEnd } from "./box_end.ts";
import { type BoxFolders, makeBoxFolders } from "./box_folders.ts";
import { boxPlan } from "./box_plan.ts";
import { type BoxProcess, startBoxProcess } from "./box_process.ts";
import type { BoxProgram } from "./box_program.ts";
import type { BoxSettings } from "./box_settings.ts";
import { deadline } from "./deadline.ts";
import { dialBox } from "./dial_box.ts";
import type { Engine } from "./engine.ts";
import { firstAnswer } from "./first_answer.ts";
import { type Instance, randomHex } from "./instance.ts";
import { launchFailure } from "./launch_failure.ts";
import { liveBox } from "./live_box.ts";
import { runArgv } from "./run_argv.ts";
import { type StepClock, stepClock } from "./step_clock.ts";
import { unlessAborted } from "./unless_aborted.ts";

export interface LaunchParts {
  readonly host: Host;
  readonly instance: Instance;
  readonly engine: Engine;
  readonly program: BoxProgram;
  readonly version: string;
  /** What a box is to be like now; asked for each. */
  settings(): Promise<BoxSettings>;
  readonly startEgress: StartEgress;
  decided(decision: EgressDecision): void;
  /** Replaces every secret. */
  redact(text: string): string;
  /** Told of what people should know, in one line. */
  log(line: string): void;
  /** Further labels of the containers. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/** Source: DESIGN §9. */
const HANDSHAKE_MS = 60_000;
const DIAL_MS = 30_000;
const READY_MS = 30_000;
/** One of the tools that every box of ours has: who lacks it is not our server (O-59). */
const REQUIRED_TOOL = "stakpak__run_command";

/** What goes through all steps of one launch. */
interface Launch {
  readonly parts: LaunchParts;
  readonly session: string;
  readonly name: string;
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly clock: StepClock;
  readonly taken: AsyncDisposableStack;
}

interface Prepared {
  readonly settings: BoxSettings;
  readonly folders: BoxFolders;
  readonly identity: McpIdentity;
}

interface Running {
  readonly process: BoxProcess;
  /** Resolves when its way out is open. */
  readonly egress: Promise<void>;
  /** Set once there is one. */
  toolbox?: McpToolbox;
}

/** Starts one box; see `LaunchBox`. */
export async function launchBox(
  parts: LaunchParts,
  { session, onStep }: LaunchRequest,
  signal: AbortSignal,
): Promise<Box> {
  const { host, instance, log, redact } = parts;
  const box = randomHex();
  const [name, folder] = [`stakpak-${instance.id}-${box}`, `${instance.folder}/${box}`];
  await using taken = new AsyncDisposableStack();
  const launch = { parts, session, name, folder, signal, clock: stepClock(onStep), taken };
  const { clock } = launch;
  let prepared: Prepared | undefined;
  let running: Running | undefined;
  try {
    signal.throwIfAborted();
    prepared = await prepare(launch);
    running = start(launch, prepared);
    const serverCaPem = await handshake(launch, running.process);
    const connected = await connect(launch, prepared, running, serverCaPem);
    clock.end();
    return liveBox({
      name,
      ...connected,
      process: running.process,
      timings: clock.timings(),
      certificatesEnd: prepared.identity.notAfter,
      taken: taken.move(),
      whyEnded: (code) => boxEnd(host, name, code),
      log,
    });
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const image = prepared?.settings.image ?? "";
    throw await launchFailure(host, {
      step: clock.step(),
      error,
      name,
      image,
      process: running?.process,
      redact,
    });
  }
}

async function prepare({ parts, folder, clock, taken, signal }: Launch): Promise<Prepared> {
  const identifying = clock.run("identity", () => createIdentity("client", parts.host.now()));
  // Its failure is told in its turn.
  identifying.catch(() => {});
  const { settings, folders } = await clock.run("folders", async () => {
    const settings = await parts.settings();
    const folders = await makeBoxFolders(parts.host, folder, settings.account);
    taken.use(folders);
    return { settings, folders };
  });
  const identity = await identifying;
  signal.throwIfAborted();
  return { settings, folders, identity };
}

function start({ parts, name, session, clock, taken }: Launch, prepared: Prepared): Running {
  const { settings, folders, identity } = prepared;
  clock.begin("start");
  const plan = boxPlan({ ...parts, ...prepared, name, session, clientCaPem: identity.caPem });
  const process = startBoxProcess(parts.host, name, runArgv(plan), parts.redact);
  taken.defer(async () => {
    // At the same time: a goodbye to a box that is being killed ends with it.
    const [gone] = await Promise.all([process.remove(), running.toolbox?.[Symbol.asyncDispose]()]);
    if (!gone) parts.log(`Cannot remove the container ${name} now: docker does not answer`);
  });
  const running: Running = { process, egress: openEgress(parts, settings, folders, session, taken) };
  return running;
}

async function openEgress(
  { startEgress, decided }: LaunchParts,
  { egress: rules, account }: BoxSettings,
  { egressSocket: socketPath }: BoxFolders,
  session: string,
  taken: AsyncDisposableStack,
): Promise<void> {
  if (rules === undefined) return;
  const opening = startEgress({ socketPath, rules, session, account, decided });
  taken.defer(async () => {
    const egress = await opening.catch(() => undefined);
    await egress?.[Symbol.asyncDispose]();
  });
  await opening;
}

async function handshake({ clock, signal }: Launch, { spoke, lines }: BoxProcess): Promise<string> {
  using limit = deadline(HANDSHAKE_MS, "it did not name its certificate authority", signal);
  try {
    await unlessAborted(limit.signal, spoke);
  } finally {
    // A box that runs and is silent is no fault of docker's.
    clock.begin("handshake");
  }
  const serverCaPem = await unlessAborted(limit.signal, readServerCa(lines));
  lines.end();
  return serverCaPem;
}

async function connect(
  { parts, clock, signal, taken }: Launch,
  { folders, identity }: Prepared,
  running: Running,
  serverCaPem: string,
): Promise<{ toolbox: McpToolbox; tools: readonly ToolDescription[] }> {
  clock.begin("dial");
  const client = tlsFetch({ at: { socketPath: folders.mcpSocket }, identity, serverCaPem });
  taken.use(client);
  const gone = new AbortController();
  void running.process.ended.then(() => gone.abort(new Error("the box ended")));
  const alive = AbortSignal.any([signal, gone.signal]);
  using dialing = deadline(DIAL_MS, "it did not answer", alive);
  await dialBox(client.fetch, dialing.signal);

  clock.begin("ready");
  const toolbox = running.toolbox = mcpToolbox({
    fetch: firstAnswer(client.fetch, () => clock.begin("list tools")),
    version: parts.version,
  });
  using listing = deadline(READY_MS, "it did not list its tools", alive);
  const tools = await toolbox.list(listing.signal);
  if (!tools.some(({ name }) => name === REQUIRED_TOOL)) {
    throw new Error(`it lists ${tools.length} tools, and ${REQUIRED_TOOL} is none of them`);
  }
  await running.egress.catch((error) => {
    clock.begin("start");
    throw error;
  });
  return { toolbox, tools };
}
