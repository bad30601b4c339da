/**
 * Seven steps from nothing to tools that answer. What is taken is given back when a later step fails, and by the
 * box when it ends: each cleanup stands on the line after its cause.
 *
 * @module
 */
import type { ToolDescription } from "../domain/toolbox.ts";
import { type McpToolbox, mcpToolbox } from "../mcp/client.ts";
import { readServerCa } from "../mcp/handshake.ts";
import { tlsFetch } from "../mcp/tls_fetch.ts";
import type { Box, LaunchRequest } from "./box.ts";
import type { BoxProcess } from "./box_process.ts";
import { deadline } from "./deadline.ts";
import { dialBox } from "./dial_box.ts";
import { isPortTaken } from "./external_warden.ts";
import { firstAnswer } from "./first_answer.ts";
import { randomHex } from "./instance.ts";
import { launchFailure } from "./launch_failure.ts";
import {
  type Launch,
  type LaunchParts,
  prepare,
  type Prepared,
  type Running,
  start,
} from "./launch_start.ts";
import { liveBox } from "./live_box.ts";
import { stepClock } from "./step_clock.ts";
import { unlessAborted } from "./unless_aborted.ts";

/** Source: DESIGN §9. */
const HANDSHAKE_MS = 60_000;
const DIAL_MS = 30_000;
const READY_MS = 30_000;
/** Somebody else may take the port of an external warden's box before it does. */
const PORT_TRIES = 3;
/** One of the tools that every box of ours has: who lacks it is not our server (O-59). */
const REQUIRED_TOOL = "stakpak__run_command";

/** Starts one box; see `LaunchBox`. */
export async function launchBox(
  parts: LaunchParts,
  request: LaunchRequest,
  signal: AbortSignal,
): Promise<Box> {
  for (let tries = 1;; tries++) {
    try {
      return await launchOnce(parts, request, signal);
    } catch (error) {
      if (tries === PORT_TRIES || !isPortTaken(error)) throw error;
    }
  }
}

async function launchOnce(
  parts: LaunchParts,
  { session, alone = false, onStep }: LaunchRequest,
  signal: AbortSignal,
): Promise<Box> {
  const { host, instance, log, redact } = parts;
  const box = randomHex();
  const [name, folder] = [`stakpak-${instance.id}-${box}`, `${instance.folder}/${box}`];
  await using taken = new AsyncDisposableStack();
  const launch = { parts, session, alone, name, folder, signal, clock: stepClock(onStep), taken };
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
      whyEnded: running.whyEnded,
      log,
    });
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const image = prepared?.settings.image ?? "";
    throw await launchFailure(host, {
      step: clock.step(),
      error,
      image,
      running,
      redact,
    });
  }
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
  { identity, settings }: Prepared,
  running: Running,
  serverCaPem: string,
): Promise<{ toolbox: McpToolbox; tools: readonly ToolDescription[] }> {
  clock.begin("dial");
  const client = tlsFetch({ at: running.at, identity, serverCaPem });
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
    sessionFolders: settings.sessionFolders,
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
