/**
 * A source of boxes that are none: our own tools, at work on a folder of this machine. What a box would keep apart is
 * shown in `tests/docker`; here it is the runs that are tested.
 *
 * @module
 */
import { UserError } from "../../src/domain/error.ts";
import { sessionName } from "../../src/domain/session_name.ts";
import { type CallOptions, ToolboxGone, type ToolCall, type ToolResult } from "../../src/domain/toolbox.ts";
import { denoHost } from "../../src/host/deno_host.ts";
import { TOOLS } from "../../src/mcp/registry.ts";
import { startToolCalls } from "../../src/mcp/tool_calls.ts";
import type { SandboxLease, SandboxSource } from "../../src/sandbox/source.ts";
import type { Gate } from "./gate.ts";

/** A call as it reached the tools: after every judgement, with its placeholders filled. */
export interface CarriedOut {
  readonly sessionId: string;
  readonly name: string;
  readonly input: unknown;
}

export interface InProcessBoxes extends SandboxSource {
  readonly workspace: string;
  /** In the order in which they came. */
  readonly calls: readonly CarriedOut[];
  readonly leases: { taken: number; given: number };
  /** From now on nobody gets a box before it is open. `undefined`: at once, as before. */
  holdLeases(gate: Gate | undefined): void;
  /** Settles when somebody waits for a box. */
  leaseAsked(): Promise<void>;
  /** From now on calls of that tool wait for it before they begin. */
  holdCalls(name: string, gate: Gate | undefined): void;
  /** From now on nobody gets a box. */
  refuse(reason: string | undefined): void;
  /** What is under way is gone, and nobody can say what became of it; later calls work. */
  lose(): void;
}

const PREFIX = "stakpak__";
const GONE = () => new ToolboxGone("The sandbox has ended: the call may have been carried out in part", true);

/** @param workspace absolute, every link resolved */
export function inProcessBoxes(workspace: string): InProcessBoxes {
  const tools = startToolCalls({ tools: TOOLS, host: denoHost([]), workspace, log() {} });
  const calls: CarriedOut[] = [];
  const leases = { taken: 0, given: 0 };
  const held = new Map<string, Gate>();
  let leaseGate: Gate | undefined;
  let refused: string | undefined;
  let alive = new AbortController();
  const call = async (
    sessionId: string,
    { id, name, input }: ToolCall,
    options: CallOptions,
  ): Promise<ToolResult> => {
    const signal = AbortSignal.any([options.signal, alive.signal]);
    calls.push({ sessionId, name, input });
    const gate = held.get(name);
    if (gate) await unlessAborted(signal, gate.pass());
    const failed = (text: string) => ({ callId: id, text, isError: true });
    const session = { name: await sessionName(sessionId), folder: true };
    const told = tools.call(
      name.replace(PREFIX, ""),
      input,
      signal,
      (text) => options.onProgress?.(text),
      session,
    );
    if (!told) return failed("MCP_ERROR\nthere is no such tool");
    const { code, text } = await told;
    signal.throwIfAborted();
    return code === undefined ? { callId: id, text, isError: false } : failed(`${code}\n${text}`);
  };
  const leaseFor = (sessionId: string): SandboxLease => ({
    list: (signal) => {
      signal.throwIfAborted();
      return Promise.resolve(TOOLS.map(({ name, description, inputSchema }) => ({
        name: PREFIX + name,
        description,
        inputSchema: { ...inputSchema, type: "object" },
      })));
    },
    call: (asked, options) => call(sessionId, asked, options),
    [Symbol.asyncDispose]: () => Promise.resolve(void leases.given++),
  });
  return {
    workspace,
    calls,
    leases,
    holdLeases: (gate) => leaseGate = gate,
    leaseAsked: () => leaseGate?.reached ?? Promise.resolve(),
    holdCalls: (name, gate) => void (gate ? held.set(name, gate) : held.delete(name)),
    refuse: (reason) => refused = reason,
    lose() {
      alive.abort(GONE());
      alive = new AbortController();
    },
    async lease(sessionId, signal) {
      if (leaseGate) await unlessAborted(signal, leaseGate.pass());
      signal.throwIfAborted();
      if (refused !== undefined) throw new UserError(refused);
      leases.taken++;
      return leaseFor(sessionId);
    },
    state: () => ({
      mode: "persistent",
      healthy: refused === undefined,
      consecutiveOk: 1,
      consecutiveFailures: 0,
      totalRespawnAttempts: 0,
      gaveUp: false,
    }),
    [Symbol.asyncDispose]: () => tools.stop(),
  };
}

function unlessAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  return Promise.race([promise, aborted.promise]).finally(() => signal.removeEventListener("abort", onAbort));
}
