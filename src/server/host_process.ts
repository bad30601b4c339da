/**
 * Our own tools on this machine, in a process of their own: the same program, the same handshake and the same wire as
 * in a box, and none of a box's walls.
 *
 * @module
 */
import { UserError } from "../domain/error.ts";
import type { Toolbox } from "../domain/toolbox.ts";
import type { Host } from "../host/host.ts";
import { mcpToolbox } from "../mcp/client.ts";
import { readServerCa } from "../mcp/handshake.ts";
import { createIdentity, type McpIdentity } from "../mcp/identity.ts";
import { tlsFetch } from "../mcp/tls_fetch.ts";
import { type AttachedProcess, attachedProcess } from "../sandbox/attached_process.ts";
import { deadline } from "../sandbox/deadline.ts";
import { dialBox } from "../sandbox/dial_box.ts";
import { lockOf, openInstance } from "../sandbox/instance.ts";
import { unlessAborted } from "../sandbox/unless_aborted.ts";

export interface HostProcessParts {
  readonly host: Host;
  /** `runFolder()` */
  readonly run: string;
  readonly version: string;
  /** Where the tools work; it is there. */
  readonly workspace: string;
  /** Whether each session works in a folder of its own there. */
  readonly sessionFolders: boolean;
  /** Replaces every secret in what the process prints. */
  redact(text: string): string;
}

/** Disposing ends the process with all that its tools have started. */
export interface HostProcess extends AsyncDisposable {
  readonly toolbox: Toolbox;
  /** Resolves when it has ended, by itself or not. */
  readonly ended: Promise<unknown>;
}

const START_MS = 60_000;
/** Its tools take up to a second and a half to end what they have started. */
const INTERRUPT_MS = 2_000;
/** What of our environment it gets; its commands get no more. */
const HANDED_ON = ["PATH", "HOME", "USER", "LANG"];

/** Rejects with a `UserError` when it does not come up, or with the signal's reason; nothing is left then. */
export async function startHostProcess(parts: HostProcessParts, signal: AbortSignal): Promise<HostProcess> {
  const { host, run, version, workspace, sessionFolders, redact } = parts;
  await using taken = new AsyncDisposableStack();
  const instance = taken.use(await openInstance(host, run, signal));
  const identity = await createIdentity("client", host.now());
  const socketPath = `${instance.folder}/mcp.sock`;
  const env = {
    ...handedOn(host),
    STAKPAK_MCP_CLIENT_CA: identity.caPem,
    STAKPAK_MCP_SOCKET: socketPath,
    STAKPAK_MCP_OWNER_LOCK: lockOf(instance.folder),
  };
  const how = { redact, cwd: workspace, env, interruptMs: INTERRUPT_MS };
  const process = attachedProcess(host, ["env", ...host.program, "mcp", "start"], how);
  taken.defer(() => process.stop());
  using limit = deadline(START_MS, "they did not answer", signal);
  try {
    const client = taken.use(
      tlsFetch({ at: { socketPath }, identity, serverCaPem: await authority(process, limit.signal) }),
    );
    await dialBox(client.fetch, limit.signal);
    const toolbox = taken.use(mcpToolbox({ fetch: client.fetch, version, sessionFolders }));
    const kept = taken.move();
    return { toolbox, ended: process.ended, [Symbol.asyncDispose]: () => kept.disposeAsync() };
  } catch (cause) {
    signal.throwIfAborted();
    const reason = cause instanceof Error ? cause.message : String(cause);
    const printed = process.log.last().map((line) => `\n  ${line}`).join("");
    throw new UserError(`Cannot start the tools on this machine: ${reason}${printed}`, { cause });
  }
}

async function authority({ lines }: AttachedProcess, signal: AbortSignal): Promise<McpIdentity["caPem"]> {
  const serverCaPem = await unlessAborted(signal, readServerCa(lines));
  lines.end();
  return serverCaPem;
}

function handedOn(host: Host): Record<string, string> {
  return Object.fromEntries(HANDED_ON.flatMap((name) => {
    const value = host.env(name);
    return value === undefined ? [] : [[name, value]];
  }));
}
